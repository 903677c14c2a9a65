package airworthy.load.gatling;

import io.gatling.http.client.HttpListener;
import io.gatling.http.client.Request;
import io.netty.channel.EventLoop;

/** One of Gatling's virtual users: sends one request at a time, on its own event loop. */
interface User {

    EventLoop eventLoop();

    /** Sends; what happens is told to the listener on the event loop. To be called on the event loop. */
    void send(Request request, HttpListener listener);

    /** Goes back to wait for the next order. */
    void free();

    /** Leaves the run. */
    void leave();
}
