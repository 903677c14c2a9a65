package airworthy.mocks.inference;

import java.io.IOException;

/** Where the tokens of one answer go. Each method throws when the client has gone. */
interface AnswerSink {

    /** The request has left the queue. */
    void admitted() throws IOException;

    void token(String text) throws IOException;

    void finished(Finish why, Usage usage) throws IOException;
}
