package dev.prescale.adapter.transport.guard;

/** What a static token lets its bearer do. */
enum Role {
    READER("prescale-reader", "reader token"),
    OPERATOR("prescale-operator", "operator token");

    private final String wireName;
    private final String bearer;

    Role(String wireName, String bearer) {
        this.wireName = wireName;
        this.bearer = bearer;
    }

    /** As a provider of tokens names it too. */
    String wireName() {
        return wireName;
    }

    /** What stands for the name of whoever has the token. */
    String bearer() {
        return bearer;
    }
}
