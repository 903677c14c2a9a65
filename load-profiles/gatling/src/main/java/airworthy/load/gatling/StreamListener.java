package airworthy.load.gatling;

import airworthy.model.RequestRecord;

/** Hears of the requests of a stream, on whatever thread; must not block. */
interface StreamListener {

    /** A request's intended time has come. */
    void scheduled();

    /** A request has its outcome; once for each that was scheduled. */
    void ended(RequestRecord request);
}
