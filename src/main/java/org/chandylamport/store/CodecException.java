package org.chandylamport.store;

import java.io.IOException;

/** Bytes that are no value, or a value that has no bytes. The message is a sentence. */
public final class CodecException extends IOException {

    private static final long serialVersionUID = 1;

    /** Says what is wrong. */
    public CodecException(String message) {
        super(message);
    }

    /** Says what is wrong, and what found it. */
    public CodecException(String message, Throwable cause) {
        super(message, cause);
    }
}
