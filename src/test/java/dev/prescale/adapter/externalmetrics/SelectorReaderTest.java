package dev.prescale.adapter.externalmetrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectorReaderTest {
    private static final Map<String, String> CHAT = Map.of("endpoint", "chat", "target_kind", "Deployment");

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            ''                                        | true
            ' , '                                     | refused
            endpoint=chat                             | true
            endpoint==chat                            | true
            ' endpoint = chat '                       | true
            endpoint=shop                             | false
            endpoint!=shop                            | true
            endpoint!=chat                            | false
            absent!=chat                              | true
            endpoint in (shop,chat)                   | true
            endpoint in (shop, store)                 | false
            endpoint in(chat)                         | true
            endpoint in ()                            | false
            endpoint notin (shop,store)               | true
            endpoint notin (chat)                     | false
            absent notin (chat)                       | true
            endpoint                                  | true
            absent                                    | false
            !absent                                   | true
            ! endpoint                                | false
            endpoint=                                 | false
            endpoint=,target_kind=Deployment          | false
            endpoint=chat,target_kind=Deployment      | true
            endpoint=chat,target_kind=StatefulSet     | false
            endpoint=chat,!absent,target_kind in (Deployment,StatefulSet) | true
            example.com/endpoint=chat                 | false
            in in (in)                                | false
            endpoint=in                               | false
            """)
    void selectsAsKubernetesDoes(String selector, String expected) {
        if (expected.equals("refused")) {
            assertThatThrownBy(() -> SelectorReader.read(selector)).isInstanceOf(IllegalArgumentException.class);
            return;
        }
        assertThat(SelectorReader.read(selector).matches(CHAT)).isEqualTo(Boolean.parseBoolean(expected));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            endpoint=chat,        | it ends too early
            =chat                 | '=' stands where a name should be
            endpoint=chat shop    | 'shop' stands where a comma or the end should be
            endpoint like chat    | 'like' is none of =, ==, !=, in, notin
            endpoint in chat      | values stand in parentheses
            endpoint in (chat     | a parenthesis is not closed
            endpoint>5            | '>' compares numbers, and no label here is one
            end$point             | 'end$point' is no label's name
            a/b/c=d               | 'a/b/c' is no label's name
            /endpoint=chat        | '/endpoint' is no label's name
            endpoint=-chat        | '-chat' is no label's value
            endpoint=a234567890123456789012345678901234567890123456789012345678901234 | 'a234567890123456789012345678901234567890123456789012345678901234' is no label's value
            !                     | it ends too early
            """)
    void saysWhatCannotBeRead(String selector, String fault) {
        assertThatThrownBy(() -> SelectorReader.read(selector))
                .hasMessage("labelSelector \"%s\" cannot be read: %s", selector, fault);
    }
}
