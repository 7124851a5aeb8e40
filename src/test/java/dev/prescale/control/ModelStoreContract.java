package dev.prescale.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What every {@link ModelStore} keeps to: out comes what went in, or nothing. */
public interface ModelStoreContract {
    EndpointId SHOP = new EndpointId("test", "shop");

    /** The store, empty; what was saved is where it stays. */
    ModelStore store();

    private static String read(ModelStore.Loaded loaded) throws IOException {
        return ((ModelStore.Found) loaded).content().readUTF();
    }

    @Test
    default void givesBackWhatWasSavedLast() throws IOException {
        store().save(SHOP, "a", out -> out.writeUTF("first"));
        store().save(SHOP, "a", out -> out.writeUTF("second"));
        assertThat(read(store().load(SHOP, "a"))).isEqualTo("second");
        assertThat(read(store().load(SHOP, "a")))
                .as("loading takes nothing away")
                .isEqualTo("second");
    }

    @Test
    default void hasNothingOfAnEndpointThatSavedNothing() throws IOException {
        store().save(SHOP, "a", out -> out.writeUTF("shop's"));
        assertThat(store().load(new EndpointId("test", "chat"), "a")).isInstanceOf(ModelStore.Absent.class);
        assertThat(store().load(new EndpointId("shop", "test"), "a")).isInstanceOf(ModelStore.Absent.class);
    }

    @Test
    default void aStateOfAnotherFingerprintIsOfNoUse() throws IOException {
        store().save(SHOP, "a", out -> out.writeUTF("shop's"));
        assertThat(store().load(SHOP, "b")).isEqualTo(new ModelStore.Unusable("it is of another specification"));
    }

    @Test
    default void contentThatFailsLeavesTheEarlierState() throws IOException {
        store().save(SHOP, "a", out -> out.writeUTF("good"));
        assertThatThrownBy(() -> store().save(SHOP, "a", out -> {
                    out.writeUTF("half");
                    throw new IOException("no more");
                }))
                .hasMessage("no more");
        assertThat(read(store().load(SHOP, "a"))).isEqualTo("good");
    }

    @Test
    default void contentIsCopiedWhenItIsSaved() throws IOException {
        StringBuilder state = new StringBuilder("then");
        store().save(SHOP, "a", out -> out.writeUTF(state.toString()));
        state.append(" and now");
        assertThat(read(store().load(SHOP, "a"))).isEqualTo("then");
    }

    @Test
    default void emptyContentIsAState() throws IOException {
        store().save(SHOP, "a", out -> {});
        assertThat(store().load(SHOP, "a")).isInstanceOf(ModelStore.Found.class);
    }
}
