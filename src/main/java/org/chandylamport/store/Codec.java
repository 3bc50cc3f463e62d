package org.chandylamport.store;

/**
 * How values of a type are written as bytes, and read again. What is decoded equals what was
 * encoded.
 *
 * @param <T> immutable values
 */
public interface Codec<T> {

    /**
     * The bytes of a value.
     *
     * @throws CodecException if the value cannot be written, or is larger than the codec allows
     */
    byte[] encode(T value) throws CodecException;

    /**
     * The value with these bytes, which may come from anywhere.
     *
     * @throws CodecException if they are no value's bytes, or more than the codec allows
     */
    T decode(byte[] bytes) throws CodecException;
}
