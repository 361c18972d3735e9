#include <cstdio>

int main()
{
    std::puts("keur " KEUR_VERSION);
}
