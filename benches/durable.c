/* The yardstick of the commit bench: two files changed as safely as `rebrand apply` changes them, and nothing else.
 *
 *     durable ROOT FILE FILE
 *
 * The durable steps are those of `src/host/commit.rs`, in its order, each with the fsyncs that it needs: the state
 * folders, the kept bytes of both files, both new files beside the old ones, the journal, the replacement with the old
 * file set aside, the receipt, the clearing up. The files are read, and written again with a few bytes more; nothing
 * is parsed, planned, compared or hashed. */

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
    static char paths[8][PATH_MOST];
    static int next;
    char *path = paths[next++ % 8];
    check(snprintf(path, PATH_MOST, "%s/%s", folder, name) >= PATH_MOST, "name a file");
    return path;
}

static struct bytes read_file(const char *path) {
    int file = open(path, O_RDONLY | O_CLOEXEC);
    struct stat status;
    check(file < 0 || fstat(file, &status) != 0, "open a file");
    struct bytes bytes = {malloc((size_t)status.st_size + sizeof addition), (size_t)status.st_size};
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
    sync_folder_of(path);
}

static void write_new(const char *path, struct bytes bytes) {
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    check(file < 0, "make a file");
    check(write(file, bytes.data, bytes.length) != (ssize_t)bytes.length, "write a file");
    check(fchmod(file, 0644) != 0 || fsync(file) != 0, "make a file durable");
    close(file);
}

static void write_own(const char *path, struct bytes bytes) {
    char new[PATH_MOST];
    check(snprintf(new, sizeof new, "%s.new", path) >= PATH_MOST, "name a file");
    write_new(new, bytes);
    check(rename(new, path) != 0, "rename a file");
    sync_folder_of(path);
}

/* A record of about the size that ours has. */
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
    char journal[PATH_MOST], receipt[PATH_MOST], new[FILES][PATH_MOST], old[FILES][PATH_MOST];
    snprintf(journal, sizeof journal, "%s/journal.json", state);
    snprintf(receipt, sizeof receipt, "%s/receipt.json", state);
    make_folder(state);
    make_folder(joined(state, "shipped"));

    char **targets = arguments + 2;
    struct bytes contents[FILES];
    for (int i = 0; i < FILES; i++) {
        contents[i] = read_file(targets[i]);
        write_own(joined(state, i == 0 ? "shipped/first" : "shipped/second"), contents[i]);
    }
    for (int i = 0; i < FILES; i++) {
        memcpy(contents[i].data + contents[i].length, addition, sizeof addition - 1);
        contents[i].length += sizeof addition - 1;
        snprintf(new[i], PATH_MOST, "%s.rebrand-new", targets[i]);
        snprintf(old[i], PATH_MOST, "%s.rebrand-old", targets[i]);
        write_new(new[i], contents[i]);
    }
    write_own(journal, record(600));
    for (int i = 0; i < FILES; i++) {
        check(link(targets[i], old[i]) != 0 || rename(new[i], targets[i]) != 0, "replace a file");
    }
    for (int i = 0; i < FILES; i++) {
        sync_folder_of(targets[i]);
    }
    write_own(receipt, record(2500));
    for (int i = 0; i < FILES; i++) {
        check(unlink(old[i]) != 0, "clear up");
    }
    check(unlink(journal) != 0, "clear up");
    return 0;
}
