/* The yardstick of the commit bench: two files changed as safely as `rebrand apply` changes them, and nothing else.
 *
 *     durable ROOT FILE FILE
 *
 * The durable steps are those of `src/host/commit.rs`, in its order, with the fsyncs that they need, by plain read,
 * write, fsync and rename: the journal, the new files beside the old ones, the kept bytes, the folders, the replacement,
 * the journal as the receipt, the clearing up. The files are read, and written again with a few bytes more; nothing
 * is parsed, planned, compared or hashed. Nor are the two short cuts taken by which that spares writing: it keeps an old
 * file by a second name, and has the kernel write before it waits for it. */

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILES 2
#define PATH_MOST 4096

static const char addition[] = "// six keys more\n";

struct bytes {
    char *data;
    size_t length;
};

static void check(int failed, const char *what) {
    if (failed) {
        fprintf(stderr, "durable: failed to %s: %s\n", what, strerror(errno));
        exit(2);
    }
}

static const char *joined(const char *folder, const char *name) {
    static char paths[16][PATH_MOST];
    static int next;
    char *path = paths[next++ % 16];
    check(snprintf(path, PATH_MOST, "%s/%s", folder, name) >= PATH_MOST, "name a file");
    return path;
}

static struct bytes read_file(const char *path) {
    int file = open(path, O_RDONLY | O_CLOEXEC);
    struct stat status;
    check(file < 0 || fstat(file, &status) != 0, "open a file");
    struct bytes bytes = {malloc((size_t)status.st_size), (size_t)status.st_size};
    check(bytes.data == NULL || read(file, bytes.data, bytes.length) != (ssize_t)bytes.length, "read a file");
    close(file);
    return bytes;
}

static void sync_folder_of(const char *path) {
    char copy[PATH_MOST];
    snprintf(copy, sizeof copy, "%s", path);
    int folder = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    check(folder < 0 || fsync(folder) != 0, "make a folder durable");
    close(folder);
}

static void make_folder(const char *path) {
    check(mkdir(path, 0755) != 0 && errno != EEXIST, "make a folder");
}

static int write_new(const char *path, struct bytes bytes) {
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    check(file < 0, "make a file");
    check(write(file, bytes.data, bytes.length) != (ssize_t)bytes.length, "write a file");
    check(fchmod(file, 0644) != 0, "set the mode of a file");
    return file;
}

static void sync_file(int file) {
    check(fsync(file) != 0, "make a file durable");
    close(file);
}

/* A record of about the size that ours has: the receipt, and how to undo it. */
static struct bytes record(size_t length) {
    struct bytes bytes = {malloc(length), length};
    check(bytes.data == NULL, "get memory");
    memset(bytes.data, '-', length);
    return bytes;
}

int main(int count, char **arguments) {
    if (count != 2 + FILES) {
        fprintf(stderr, "usage: durable ROOT FILE FILE\n");
        return 2;
    }
    const char *state = joined(arguments[1], "var/lib/rebrand");
    const char *journal = joined(state, "journal.json"), *receipt = joined(state, "receipt.json");
    char **targets = arguments + 2, new[FILES][PATH_MOST];
    struct bytes contents[FILES];
    int written[2 * FILES + 1], count_written = 0;
    make_folder(state);
    for (int i = 0; i < FILES; i++) {
        contents[i] = read_file(targets[i]);
        snprintf(new[i], PATH_MOST, "%s.rebrand-new", targets[i]);
    }

    const char *new_receipt = joined(state, "receipt.new");
    written[count_written++] = write_new(journal, record(3200));
    for (int i = 0; i < FILES; i++) {
        struct bytes changed = {malloc(contents[i].length + sizeof addition), contents[i].length + sizeof addition - 1};
        check(changed.data == NULL, "get memory");
        memcpy(changed.data, contents[i].data, contents[i].length);
        memcpy(changed.data + contents[i].length, addition, sizeof addition - 1);
        written[count_written++] = write_new(new[i], changed);
    }
    for (int i = 0; i < FILES; i++) {
        written[count_written++] = write_new(joined(state, i == 0 ? "shipped-first" : "shipped-second"), contents[i]);
    }
    for (int i = 0; i < count_written; i++) {
        sync_file(written[i]);
    }
    sync_folder_of(state);
    sync_folder_of(journal);

    check(link(journal, new_receipt) != 0, "give the journal the name of the receipt");
    for (int i = 0; i < FILES; i++) {
        check(rename(new[i], targets[i]) != 0, "replace a file");
    }
    check(rename(new_receipt, receipt) != 0, "rename the receipt");
    for (int i = 0; i < FILES; i++) {
        sync_folder_of(targets[i]);
    }
    sync_folder_of(receipt);
    check(unlink(journal) != 0, "clear up");
    return 0;
}
