package dev.prescale.adapter.transport.guard;

/** What a static token lets its bearer do. */
enum Role {
    READER("prescale-reader"),
    OPERATOR("prescale-operator");

    private final String wireName;

    Role(String wireName) {
        this.wireName = wireName;
    }

    /** As a provider of tokens names it too. */
    String wireName() {
        return wireName;
    }
}
