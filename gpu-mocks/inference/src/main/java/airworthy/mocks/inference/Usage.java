package airworthy.mocks.inference;

/** Tokens that one request cost. */
record Usage(int promptTokens, int completionTokens) {}
