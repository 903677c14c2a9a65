package airworthy.load;

/**
 * How long one request is.
 *
 * @param promptWords words in its prompt; a tokenizer makes one token or more of each
 * @param answerTokens tokens that its answer is asked to have
 */
public record Shape(int promptWords, int answerTokens) {}
