package org.chandylamport.cluster;

/** What things are called that several classes must agree on. */
final class Names {

    /** The name of every actor system of a network. */
    static final String SYSTEM = "chandy-lamport";

    /** The name of the actor of a node. */
    static final String NODE = "node";

    private Names() {}

    /** Where the actor of the node at this address is found. */
    static String path(String address) {
        return address + "/user/" + NODE;
    }

    /** An address as a user writes it: host and port. */
    static String shown(String address) {
        return address.substring(address.indexOf('@') + 1);
    }
}
