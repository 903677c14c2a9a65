package airworthy.mocks.platform.gateway;

/** Learns from one request to one replica. Used by one thread. */
interface StreamWatch extends AutoCloseable {

    /** The first byte of the answer's body came so long after the request was sent. */
    void firstByte(long nanos);

    /** A token came so long after the one before it. */
    void gap(long nanos);

    /** The request ended, well or not. */
    @Override
    void close();
}
