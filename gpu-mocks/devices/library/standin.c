/*
 * Stands in for libnvidia-ml and libcuda in tests: one device whose memory and time are kept in a file that processes share,
 * so that what a process took is seen by others, and is free again when the process is gone, as a driver does it.
 * Only what the harness calls; signatures and layouts are those of nvml.h and cuda.h 12.9.
 *
 *   cc -shared -fPIC -o libstandin.so standin.c              both libraries in one
 *   cc -DOLD ...                                             without the functions that NVML got last
 *   cc -DTOO_OLD ...                                         without one that is needed
 *
 * AIRWORTHY_STANDIN names the file; without it each process has a device of its own. standin_set() changes how it behaves.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#define MIB (1ull << 20)
#define PAGE (2 * MIB)
#define RESERVED (64 * MIB)
#define CONTEXT (16 * MIB)
#define MOST_BLOCKS 8192
#define MOST_USERS 64

struct block { pid_t pid; uint64_t address, bytes; };

struct state {
    uint64_t total;      /* bytes */
    uint64_t paged;      /* 1: any pages make a block, 0: a block is contiguous */
    uint64_t nvml_init, cuda_init; /* what the two return */
    uint64_t lost;       /* 1: the device has fallen off the bus */
    uint64_t xid;        /* told once, then 0 */
    uint64_t next;       /* address, where memory is paged */
    uint64_t busy_from[64], busy_to[64]; /* ns, a ring */
    uint64_t busy_count;
    pid_t users[MOST_USERS];
    struct block blocks[MOST_BLOCKS];
};

static struct state *device;
static int file = -1;

static uint64_t now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000ull + (uint64_t)t.tv_nsec;
}

static void lock(void) { if (file >= 0) while (flock(file, LOCK_EX) && errno == EINTR) {} }
static void unlock(void) { if (file >= 0) flock(file, LOCK_UN); }

static void attach(void) {
    if (device) return;
    const char *path = getenv("AIRWORTHY_STANDIN");
    if (path) {
        file = open(path, O_RDWR | O_CREAT, 0666);
        if (file < 0 || ftruncate(file, sizeof *device)) { perror(path); abort(); }
    }
    device = mmap(NULL, sizeof *device, PROT_READ | PROT_WRITE, MAP_SHARED | (path ? 0 : MAP_ANONYMOUS), file, 0);
    if (device == MAP_FAILED) { perror("stand-in"); abort(); }
    lock();
    if (!device->total) {
        device->total = 16384 * MIB;
        device->paged = 1;
        device->next = PAGE;
    }
    unlock();
}

/* What dead processes held is free again. */
static void sweep(void) {
    for (int i = 0; i < MOST_USERS; i++)
        if (device->users[i] && kill(device->users[i], 0) && errno == ESRCH) {
            for (int b = 0; b < MOST_BLOCKS; b++)
                if (device->blocks[b].pid == device->users[i]) device->blocks[b].pid = 0;
            device->users[i] = 0;
        }
}

static uint64_t used_by(pid_t pid) {
    uint64_t bytes = 0;
    for (int i = 0; i < MOST_USERS; i++)
        if (device->users[i] && (!pid || device->users[i] == pid)) bytes += CONTEXT;
    for (int b = 0; b < MOST_BLOCKS; b++)
        if (device->blocks[b].pid && (!pid || device->blocks[b].pid == pid)) bytes += device->blocks[b].bytes;
    return bytes;
}

static uint64_t free_bytes(void) { return device->total - RESERVED - used_by(0); }

/* For tests. */
int standin_set(const char *key, uint64_t value) {
    attach();
    lock();
    int known = 1;
    if (!strcmp(key, "total")) device->total = value;
    else if (!strcmp(key, "paged")) device->paged = value;
    else if (!strcmp(key, "nvmlInit")) device->nvml_init = value;
    else if (!strcmp(key, "cudaInit")) device->cuda_init = value;
    else if (!strcmp(key, "lost")) device->lost = value;
    else if (!strcmp(key, "xid")) device->xid = value;
    else known = 0;
    unlock();
    return known ? 0 : 1;
}

/* NVML */

static const unsigned char IDENTITY[16] = {0x5a, 0x11, 0xd0, 0x0d, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
static int gpu; /* its address is the handle */

#define UNTIL_LOST attach(); if (device->lost) return 15

static int text(char *to, unsigned length, const char *from) {
    if (strlen(from) >= length) return 7;
    strcpy(to, from);
    return 0;
}

int nvmlInit_v2(void) { attach(); return (int)device->nvml_init; }
int nvmlShutdown(void) { return 0; }
const char *nvmlErrorString(int code) {
    switch (code) {
        case 3: return "Not Supported";
        case 9: return "Driver Not Loaded";
        case 15: return "GPU is lost";
        case 18: return "Driver/library version mismatch";
        default: return "Unknown Error";
    }
}
int nvmlSystemGetDriverVersion(char *version, unsigned length) { return text(version, length, "0.0.1"); }
int nvmlSystemGetNVMLVersion(char *version, unsigned length) { return text(version, length, "12.0.0.1"); }
int nvmlDeviceGetCount_v2(unsigned *count) { *count = 1; return 0; }
int nvmlDeviceGetHandleByIndex_v2(unsigned index, void **handle) { if (index) return 2; *handle = &gpu; return 0; }
int nvmlDeviceGetMinorNumber(void *handle, unsigned *minor) { (void)handle; *minor = 3; return 0; }
int nvmlDeviceGetPciInfo_v3(void *handle, char *pci) {
    (void)handle;
    memset(pci, 0, 68);
    strcpy(pci, "0000:3B:00.0");
    strcpy(pci + 36, "00000000:3B:00.0");
    return 0;
}
int nvmlDeviceGetUUID(void *handle, char *uuid, unsigned length) {
    (void)handle;
    return text(uuid, length, "GPU-5a11d00d-0102-0304-0506-0708090a0b0c");
}
#ifndef TOO_OLD
int nvmlDeviceGetName(void *handle, char *name, unsigned length) { (void)handle; return text(name, length, "Stand-in \"1\""); }
#endif
int nvmlDeviceGetMemoryInfo(void *handle, uint64_t *memory) {
    (void)handle;
    UNTIL_LOST;
    lock();
    sweep();
    memory[0] = device->total;
    memory[1] = free_bytes();
    memory[2] = device->total - memory[1];
    unlock();
    return 0;
}
#ifndef OLD
int nvmlDeviceGetMemoryInfo_v2(void *handle, uint64_t *memory) {
    (void)handle;
    UNTIL_LOST;
    if (*(uint32_t *)memory != 0x02000028) return 25;
    lock();
    sweep();
    memory[1] = device->total;
    memory[2] = RESERVED;
    memory[3] = free_bytes();
    memory[4] = used_by(0);
    unlock();
    return 0;
}
#endif
int nvmlDeviceGetUtilizationRates(void *handle, unsigned *rates) {
    (void)handle;
    UNTIL_LOST;
    uint64_t end = now(), begin = end - 1000000000ull, busy = 0;
    lock();
    for (int i = 0; i < 64; i++) {
        uint64_t from = device->busy_from[i] > begin ? device->busy_from[i] : begin;
        uint64_t to = device->busy_to[i] < end ? device->busy_to[i] : end;
        if (to > from) busy += to - from;
    }
    unlock();
    rates[0] = (unsigned)(busy / 10000000ull);
    rates[1] = 0;
    return 0;
}
struct process { unsigned pid; uint64_t bytes; unsigned gpu_instance, compute_instance; };
static int processes(unsigned *count, struct process *found) {
    UNTIL_LOST;
    unsigned room = *count, there = 0;
    lock();
    sweep();
    for (int i = 0; i < MOST_USERS; i++)
        if (device->users[i]) {
            if (there < room) {
                found[there].pid = (unsigned)device->users[i];
                found[there].bytes = used_by(device->users[i]);
            }
            there++;
        }
    unlock();
    *count = there;
    return there > room ? 7 : 0;
}
#ifdef OLD
int nvmlDeviceGetComputeRunningProcesses_v2(void *h, unsigned *count, struct process *found) { (void)h; return processes(count, found); }
#else
int nvmlDeviceGetComputeRunningProcesses_v3(void *h, unsigned *count, struct process *found) { (void)h; return processes(count, found); }
#endif
int nvmlDeviceGetTemperature(void *h, int sensor, unsigned *celsius) { (void)h; UNTIL_LOST; if (sensor) return 2; *celsius = 41; return 0; }
int nvmlDeviceGetPowerUsage(void *h, unsigned *milliwatts) { (void)h; UNTIL_LOST; *milliwatts = 70500; return 0; }
int nvmlDeviceGetTotalEnergyConsumption(void *h, uint64_t *millijoules) { (void)h; UNTIL_LOST; *millijoules = 5000000000ull; return 0; }
int nvmlDeviceGetClockInfo(void *h, int clock, unsigned *mhz) { (void)h; UNTIL_LOST; *mhz = clock == 1 ? 1980 : clock == 2 ? 3201 : 0; return 0; }
int nvmlDeviceGetPcieReplayCounter(void *h, unsigned *replays) { (void)h; (void)replays; return 3; }
int nvmlEventSetCreate(void **set) { *set = &gpu; return 0; }
int nvmlEventSetFree(void *set) { (void)set; return 0; }
int nvmlDeviceRegisterEvents(void *h, uint64_t types, void *set) { (void)h; (void)set; return types == 8 ? 0 : 3; }
int nvmlEventSetWait_v2(void *set, uint64_t *event, unsigned millis) {
    (void)set;
    attach();
    for (uint64_t until = now() + millis * 1000000ull; now() < until; usleep(1000)) {
        lock();
        uint64_t xid = device->xid;
        device->xid = 0;
        unlock();
        if (xid) {
            event[0] = (uint64_t)(uintptr_t)&gpu;
            event[1] = 8;
            event[2] = xid;
            return 0;
        }
    }
    return 10;
}

/* CUDA */

static int context, module;
static uint64_t kernel_ends;

int cuGetErrorName(int code, const char **name) {
    *name = code == 2 ? "CUDA_ERROR_OUT_OF_MEMORY" : code == 218 ? "CUDA_ERROR_INVALID_PTX" : code == 719 ? "CUDA_ERROR_LAUNCH_FAILED"
        : code == 803 ? "CUDA_ERROR_SYSTEM_DRIVER_MISMATCH" : code == 100 ? "CUDA_ERROR_NO_DEVICE" : code == 1 ? "CUDA_ERROR_INVALID_VALUE" : NULL;
    return *name ? 0 : 1;
}
int cuGetErrorString(int code, const char **words) {
    *words = code == 803 ? "system has unsupported display driver / cuda driver combination" : "an error of the stand-in";
    return 0;
}
int cuInit(unsigned flags) { attach(); return flags ? 1 : (int)device->cuda_init; }
int cuDriverGetVersion(int *version) { *version = 12090; return 0; }
int cuDeviceGetCount(int *count) { *count = 1; return 0; }
int cuDeviceGet(int *to, int ordinal) { if (ordinal) return 101; *to = 0; return 0; }
int cuDeviceGetName(char *name, int length, int of) { (void)of; return text(name, (unsigned)length, "Stand-in \"1\""); }
int cuDeviceGetUuid_v2(void *uuid, int of) { (void)of; memcpy(uuid, IDENTITY, 16); return 0; }
int cuDeviceGetAttribute(int *value, int attribute, int of) {
    (void)of;
    *value = attribute == 16 ? 4 : attribute == 39 ? 2048 : attribute == 75 ? 9 : 0;
    return 0;
}
int cuDevicePrimaryCtxSetFlags_v2(int of, unsigned flags) { (void)of; return flags == 4 ? 0 : 1; }
int cuDevicePrimaryCtxRetain(void **to, int of) {
    (void)of;
    lock();
    sweep();
    int mine = -1;
    for (int i = 0; i < MOST_USERS && mine < 0; i++) if (device->users[i] == getpid()) mine = i;
    for (int i = 0; i < MOST_USERS && mine < 0; i++) if (!device->users[i]) { device->users[i] = getpid(); mine = i; }
    unlock();
    *to = &context;
    return mine < 0 ? 2 : 0;
}
int cuDevicePrimaryCtxRelease_v2(int of) {
    (void)of;
    lock();
    for (int i = 0; i < MOST_USERS; i++) if (device->users[i] == getpid()) device->users[i] = 0;
    for (int b = 0; b < MOST_BLOCKS; b++) if (device->blocks[b].pid == getpid()) device->blocks[b].pid = 0;
    unlock();
    return 0;
}
int cuCtxSetCurrent(void *to) { return to == &context ? 0 : 201; }
int cuMemGetInfo_v2(size_t *free_now, size_t *total) {
    lock();
    sweep();
    *free_now = free_bytes();
    *total = device->total;
    unlock();
    return 0;
}
/* Where it would lie; 0 where there is no place. */
static uint64_t place(uint64_t bytes) {
    if (device->paged) {
        uint64_t address = device->next;
        device->next += bytes;
        return address;
    }
    for (uint64_t address = PAGE;;) {
        uint64_t blocked = 0;
        for (int b = 0; b < MOST_BLOCKS; b++) {
            struct block *other = &device->blocks[b];
            if (other->pid && other->address < address + bytes && address < other->address + other->bytes)
                blocked = other->address + other->bytes;
        }
        if (!blocked) return address + bytes <= PAGE + device->total - RESERVED - CONTEXT ? address : 0;
        address = blocked;
    }
}
int cuMemAlloc_v2(uint64_t *to, size_t asked) {
    if (!asked) return 1;
    uint64_t bytes = (asked + PAGE - 1) / PAGE * PAGE;
    int code = 2;
    lock();
    sweep();
    if (bytes <= free_bytes() && (*to = place(bytes)))
        for (int b = 0; b < MOST_BLOCKS; b++)
            if (!device->blocks[b].pid) {
                device->blocks[b] = (struct block){getpid(), *to, bytes};
                code = 0;
                break;
            }
    unlock();
    return code;
}
int cuMemFree_v2(uint64_t address) {
    int code = 1;
    lock();
    for (int b = 0; b < MOST_BLOCKS; b++)
        if (device->blocks[b].pid == getpid() && device->blocks[b].address == address) { device->blocks[b].pid = 0; code = 0; }
    unlock();
    return code;
}
int cuModuleLoadData(void **to, const char *ptx) {
    if (!strstr(ptx, ".target sm_") || !strstr(ptx, ".visible .entry burn(.param .u64 nanos, .param .u64 sink)")) return 218;
    *to = &module;
    return 0;
}
int cuModuleUnload(void *of) { return of == &module ? 0 : 1; }
int cuModuleGetFunction(void **to, void *of, const char *name) { *to = of; return of == &module && !strcmp(name, "burn") ? 0 : 500; }
int cuLaunchKernel(void *function, unsigned gx, unsigned gy, unsigned gz, unsigned bx, unsigned by, unsigned bz, unsigned shared,
                   void *stream, void **parameters, void **extra) {
    (void)function; (void)shared; (void)stream; (void)extra;
    if (!gx || gy != 1 || gz != 1 || !bx || bx > 1024 || by != 1 || bz != 1) return 1;
    if (device->lost) return 719;
    uint64_t begun = now();
    kernel_ends = begun + *(uint64_t *)parameters[0];
    lock();
    int i = (int)(device->busy_count++ % 64);
    device->busy_from[i] = begun;
    device->busy_to[i] = kernel_ends;
    unlock();
    return 0;
}
int cuCtxSynchronize(void) {
    for (uint64_t left; (left = kernel_ends > now() ? kernel_ends - now() : 0);) {
        struct timespec wait = {(time_t)(left / 1000000000ull), (long)(left % 1000000000ull)};
        nanosleep(&wait, NULL);
    }
    return 0;
}
