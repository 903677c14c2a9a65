package airworthy.load.gatling;

import airworthy.model.RequestRecord;

/** Counts requests and writes down how each lived. */
record Recorded(Tally tally, Recorder recorder) implements StreamListener {

    @Override
    public void scheduled() {
        tally.scheduled();
    }

    @Override
    public void ended(RequestRecord request) {
        tally.ended(request.outcome());
        recorder.add(request);
    }
}
