package airworthy.mocks.kubernetes.registry;

/** Whether a write is kept, or only checked ({@code dryRun=All}). */
public enum WriteMode {
    COMMIT,
    DRY_RUN
}
