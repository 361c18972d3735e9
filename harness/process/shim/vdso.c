/* For programs that ask the kernel's vDSO for the time and not libc, as Go's runtime does: it finds the vDSO by the auxiliary
 * vector, which lies above the environment. A program reads it after the constructors of its libraries ran, so here the entry
 * is pointed at an image of our own, which holds what such a program looks for and no more: segments, dynamic table, symbols.
 * A static program loads no library and so keeps the machine's time. */
#include <elf.h>
#include <link.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/time.h>
#include <time.h>

enum { symbols = 3 }; /* the first is none */

static struct {
    ElfW(Ehdr) header;
    ElfW(Phdr) segments[2];
    ElfW(Dyn) dynamic[5];
    ElfW(Sym) symbols[symbols];
    ElfW(Verdef) version;
    uint32_t hash[2 + 1 + symbols]; /* one bucket; the chain is all symbols */
    char names[1 + sizeof "__vdso_clock_gettime" + sizeof "__vdso_gettimeofday"];
} image = {
    .header = {.e_ident = {ELFMAG0, ELFMAG1, ELFMAG2, ELFMAG3, sizeof(void*) == 8 ? ELFCLASS64 : ELFCLASS32,
                           ELFDATA2LSB, EV_CURRENT},
               .e_type = ET_DYN,
               .e_version = EV_CURRENT,
               .e_phoff = sizeof(ElfW(Ehdr)),
               .e_ehsize = sizeof(ElfW(Ehdr)),
               .e_phentsize = sizeof(ElfW(Phdr)),
               .e_phnum = 2},
    .version = {.vd_version = VER_DEF_CURRENT, .vd_flags = VER_FLG_BASE},
    .hash = {1, symbols, 1, 0, 2, 0},
    .names = "\0__vdso_clock_gettime\0__vdso_gettimeofday",
};

#define PLACE(member) offsetof(__typeof__(image), member)

static ElfW(Sym) function(uint32_t name, uintptr_t address)
{
    return (ElfW(Sym)){
        .st_name = name, .st_info = STB_GLOBAL << 4 | STT_FUNC, .st_shndx = 1, .st_value = address - (uintptr_t)&image};
}

__attribute__((constructor)) static void stand_in(int count, char** arguments, char** environment)
{
    (void)environment; /* another constructor may have moved it */
    image.segments[0] =
        (ElfW(Phdr)){.p_type = PT_LOAD, .p_flags = PF_R | PF_X, .p_filesz = sizeof image, .p_memsz = sizeof image};
    image.segments[1] =
        (ElfW(Phdr)){.p_type = PT_DYNAMIC, .p_flags = PF_R, .p_offset = PLACE(dynamic), .p_vaddr = PLACE(dynamic)};
    image.dynamic[0] = (ElfW(Dyn)){.d_tag = DT_HASH, .d_un.d_ptr = PLACE(hash)};
    image.dynamic[1] = (ElfW(Dyn)){.d_tag = DT_SYMTAB, .d_un.d_ptr = PLACE(symbols)};
    image.dynamic[2] = (ElfW(Dyn)){.d_tag = DT_STRTAB, .d_un.d_ptr = PLACE(names)};
    image.dynamic[3] = (ElfW(Dyn)){.d_tag = DT_VERDEF, .d_un.d_ptr = PLACE(version)};
    image.symbols[1] = function(1, (uintptr_t)clock_gettime);
    image.symbols[2] = function(1 + sizeof "__vdso_clock_gettime", (uintptr_t)gettimeofday);
    char** end = arguments + count + 1;
    while (*end) ++end;
    for (ElfW(auxv_t)* entry = (ElfW(auxv_t)*)(end + 1); entry->a_type != AT_NULL; ++entry)
        if (entry->a_type == AT_SYSINFO_EHDR) entry->a_un.a_val = (uintptr_t)&image;
}
