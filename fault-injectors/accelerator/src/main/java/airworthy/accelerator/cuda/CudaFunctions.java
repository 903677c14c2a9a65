package airworthy.accelerator.cuda;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import airworthy.accelerator.library.NativeFunction;
import airworthy.accelerator.library.SharedLibrary;

/**
 * CUDA's functions, as far as they are needed, looked up once. Those that {@code cuda.h} redefines are asked for by the names it
 * gives them.
 */
final class CudaFunctions {
    final NativeFunction init;
    final NativeFunction version;
    final NativeFunction count;
    final NativeFunction device;
    final NativeFunction name;
    final NativeFunction uuid;
    final NativeFunction attribute;
    final NativeFunction setFlags;
    final NativeFunction retain;
    final NativeFunction release;
    final NativeFunction setCurrent;
    final NativeFunction memoryInfo;
    final NativeFunction allocate;
    final NativeFunction free;
    final NativeFunction loadModule;
    final NativeFunction unloadModule;
    final NativeFunction function;
    final NativeFunction launch;
    final NativeFunction synchronize;
    final NativeFunction errorName;
    final NativeFunction errorString;

    CudaFunctions(SharedLibrary library) {
        init = library.function("cuInit", JAVA_INT);
        version = library.function("cuDriverGetVersion", ADDRESS);
        count = library.function("cuDeviceGetCount", ADDRESS);
        device = library.function("cuDeviceGet", ADDRESS, JAVA_INT);
        name = library.function("cuDeviceGetName", ADDRESS, JAVA_INT, JAVA_INT);
        // the second version tells the identity of a part of a device too, and older libraries lack it
        uuid = library.optional("cuDeviceGetUuid_v2", ADDRESS, JAVA_INT)
                .orElseGet(() -> library.function("cuDeviceGetUuid", ADDRESS, JAVA_INT));
        attribute = library.function("cuDeviceGetAttribute", ADDRESS, JAVA_INT, JAVA_INT);
        setFlags = library.function("cuDevicePrimaryCtxSetFlags_v2", JAVA_INT, JAVA_INT);
        retain = library.function("cuDevicePrimaryCtxRetain", ADDRESS, JAVA_INT);
        release = library.function("cuDevicePrimaryCtxRelease_v2", JAVA_INT);
        setCurrent = library.function("cuCtxSetCurrent", ADDRESS);
        memoryInfo = library.function("cuMemGetInfo_v2", ADDRESS, ADDRESS);
        allocate = library.function("cuMemAlloc_v2", ADDRESS, JAVA_LONG);
        free = library.function("cuMemFree_v2", JAVA_LONG);
        loadModule = library.function("cuModuleLoadData", ADDRESS, ADDRESS);
        unloadModule = library.function("cuModuleUnload", ADDRESS);
        function = library.function("cuModuleGetFunction", ADDRESS, ADDRESS, ADDRESS);
        launch = library.function(
                "cuLaunchKernel",
                ADDRESS,
                JAVA_INT,
                JAVA_INT,
                JAVA_INT,
                JAVA_INT,
                JAVA_INT,
                JAVA_INT,
                JAVA_INT,
                ADDRESS,
                ADDRESS,
                ADDRESS);
        synchronize = library.function("cuCtxSynchronize");
        errorName = library.function("cuGetErrorName", JAVA_INT, ADDRESS);
        errorString = library.function("cuGetErrorString", JAVA_INT, ADDRESS);
    }
}
