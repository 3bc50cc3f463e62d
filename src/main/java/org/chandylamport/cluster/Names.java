package org.chandylamport.cluster;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.net.HostAndPort;

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

    /**
     * A host and port as a user writes them.
     *
     * @param what they are for
     * @throws IllegalArgumentException if they are none; the message is a sentence
     */
    static HostAndPort hostAndPort(String what, String text) {
        try {
            HostAndPort parsed = HostAndPort.fromString(text).requireBracketsForIPv6();
            checkArgument(parsed.hasPort() && !parsed.getHost().isEmpty());
            return parsed;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the address to " + what
                    + " is a host and a port, such as 127.0.0.1:25520, not '" + text + "'", e);
        }
    }
}
