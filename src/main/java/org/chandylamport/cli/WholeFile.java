package org.chandylamport.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file that stands under its name only when it is whole. */
final class WholeFile {

    private WholeFile() {}

    /**
     * Writes the text beside the file, and renames it; what is no regular file, such as a pipe, is
     * written to directly.
     *
     * @throws IOException whose message names the file
     */
    static void write(Path file, String text) throws IOException {
        try {
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                Files.writeString(file, text);
                return;
            }
            Path beside = file.resolveSibling(file.getFileName() + ".unfinished");
            Files.writeString(beside, text);
            Files.move(beside, file,
                    StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new IOException(file + " cannot be written: " + reason(e), e);
        }
    }

    /**
     * Says at once that a file can't be written, where its folder does not exist.
     *
     * @param option the option that names the file
     */
    static void checkFolder(String option, Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new IOException(option + " " + file
                    + " cannot be written: there is no such folder");
        }
    }

    private static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "there is no such folder";
        }
        return e instanceof AccessDeniedException
                ? "permission is denied" : String.valueOf(e.getMessage());
    }
}
