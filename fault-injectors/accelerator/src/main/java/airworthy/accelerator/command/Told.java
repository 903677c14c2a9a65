package airworthy.accelerator.command;

import airworthy.accelerator.library.NativeException;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** What stands in the way is told in words. */
final class Told implements IExecutionExceptionHandler {
    private static final int REFUSED = 1;

    @Override
    public int handleExecutionException(Exception e, CommandLine commandLine, ParseResult parsed) throws Exception {
        return switch (e) {
            case NoAcceleratorException none -> tell(commandLine, none.told(), NoAcceleratorException.EXIT_CODE);
            case NativeException refused -> tell(commandLine, refused.told(), REFUSED);
            case IOException failed -> tell(commandLine, "cannot listen: " + failed, REFUSED);
            default -> throw e;
        };
    }

    private static int tell(CommandLine commandLine, String message, int code) {
        commandLine.getErr().println(message);
        return code;
    }
}
