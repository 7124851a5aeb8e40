package dev.prescale.testing;

import dev.prescale.control.ModelStore;
import dev.prescale.control.ModelStoreContract;

class InMemoryModelStoreTest implements ModelStoreContract {
    private final InMemoryModelStore store = new InMemoryModelStore();

    @Override
    public ModelStore store() {
        return store;
    }
}
