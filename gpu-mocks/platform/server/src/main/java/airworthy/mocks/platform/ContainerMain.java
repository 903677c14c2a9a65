package airworthy.mocks.platform;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;

/**
 * The first process of a container of somebody else's image: runs its entry point, and ends when whoever started it is gone.
 * Without it a platform that is killed would leave its containers behind.
 */
final class ContainerMain {

    private ContainerMain() {}

    /** The entry point's class, and its arguments. */
    public static void main(String... args) throws ReflectiveOperationException {
        Thread.ofPlatform().daemon().name("node").start(ContainerMain::endWithTheNode);
        try {
            Class.forName(args[0]).getMethod("main", String[].class).invoke(null, (Object)
                    Arrays.copyOfRange(args, 1, args.length));
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(args[0] + " ended by an exception", e.getCause());
        }
    }

    private static void endWithTheNode() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            System.err.println("the node is not heard any more: " + e.getMessage());
        }
        Runtime.getRuntime().halt(143);
    }
}
