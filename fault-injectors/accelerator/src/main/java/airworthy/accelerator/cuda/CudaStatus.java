package airworthy.accelerator.cuda;

/** CUDA's return codes on which something here depends; from {@code cuda.h}. The library itself names all of them. */
enum CudaStatus {
    SUCCESS(0),
    OUT_OF_MEMORY(2),
    NO_DEVICE(100),
    PRIMARY_CONTEXT_ACTIVE(708),
    SYSTEM_DRIVER_MISMATCH(803),
    COMPAT_NOT_SUPPORTED_ON_DEVICE(804);

    private final int code;

    CudaStatus(int code) {
        this.code = code;
    }

    boolean is(int returned) {
        return code == returned;
    }
}
