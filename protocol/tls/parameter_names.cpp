#include "protocol/tls/registry_rows.h"

#include <array>

// IANA, "Transport Layer Security (TLS) Parameters" and "TLS Extensions".
namespace keur::tls {

namespace {

constexpr std::array versions{
    Entry{0x0002, "SSL 2.0"}, Entry{0x0300, "SSL 3.0"}, Entry{0x0301, "TLS 1.0"},
    Entry{0x0302, "TLS 1.1"}, Entry{0x0303, "TLS 1.2"}, Entry{0x0304, "TLS 1.3"},
};
constexpr std::array groups{
    Entry{0x0001, "sect163k1"},
    Entry{0x0002, "sect163r1"},
    Entry{0x0003, "sect163r2"},
    Entry{0x0004, "sect193r1"},
    Entry{0x0005, "sect193r2"},
    Entry{0x0006, "sect233k1"},
    Entry{0x0007, "sect233r1"},
    Entry{0x0008, "sect239k1"},
    Entry{0x0009, "sect283k1"},
    Entry{0x000A, "sect283r1"},
    Entry{0x000B, "sect409k1"},
    Entry{0x000C, "sect409r1"},
    Entry{0x000D, "sect571k1"},
    Entry{0x000E, "sect571r1"},
    Entry{0x000F, "secp160k1"},
    Entry{0x0010, "secp160r1"},
    Entry{0x0011, "secp160r2"},
    Entry{0x0012, "secp192k1"},
    Entry{0x0013, "secp192r1"},
    Entry{0x0014, "secp224k1"},
    Entry{0x0015, "secp224r1"},
    Entry{0x0016, "secp256k1"},
    Entry{0x0017, "secp256r1"},
    Entry{0x0018, "secp384r1"},
    Entry{0x0019, "secp521r1"},
    Entry{0x001A, "brainpoolP256r1"},
    Entry{0x001B, "brainpoolP384r1"},
    Entry{0x001C, "brainpoolP512r1"},
    Entry{0x001D, "x25519"},
    Entry{0x001E, "x448"},
    Entry{0x001F, "brainpoolP256r1tls13"},
    Entry{0x0020, "brainpoolP384r1tls13"},
    Entry{0x0021, "brainpoolP512r1tls13"},
    Entry{0x0022, "GC256A"},
    Entry{0x0023, "GC256B"},
    Entry{0x0024, "GC256C"},
    Entry{0x0025, "GC256D"},
    Entry{0x0026, "GC512A"},
    Entry{0x0027, "GC512B"},
    Entry{0x0028, "GC512C"},
    Entry{0x0029, "curveSM2"},
    Entry{0x0100, "ffdhe2048"},
    Entry{0x0101, "ffdhe3072"},
    Entry{0x0102, "ffdhe4096"},
    Entry{0x0103, "ffdhe6144"},
    Entry{0x0104, "ffdhe8192"},
    Entry{0x0200, "MLKEM512"},
    Entry{0x0201, "MLKEM768"},
    Entry{0x0202, "MLKEM1024"},
    Entry{0x11EB, "SecP256r1MLKEM768"},
    Entry{0x11EC, "X25519MLKEM768"},
    Entry{0x11ED, "SecP384r1MLKEM1024"},
    Entry{0x6399, "X25519Kyber768Draft00"},
    Entry{0xFF01, "arbitrary_explicit_prime_curves"},
    Entry{0xFF02, "arbitrary_explicit_char2_curves"},
};
// The pairs of hash and signature of TLS 1.2, by the names of TLS 1.3 where it has them (RFC 8446 §4.2.3).
constexpr std::array signatures{
    Entry{0x0101, "rsa_pkcs1_md5"},
    Entry{0x0102, "dsa_md5"},
    Entry{0x0103, "ecdsa_md5"},
    Entry{0x0201, "rsa_pkcs1_sha1"},
    Entry{0x0202, "dsa_sha1"},
    Entry{0x0203, "ecdsa_sha1"},
    Entry{0x0301, "rsa_pkcs1_sha224"},
    Entry{0x0302, "dsa_sha224"},
    Entry{0x0303, "ecdsa_sha224"},
    Entry{0x0401, "rsa_pkcs1_sha256"},
    Entry{0x0402, "dsa_sha256"},
    Entry{0x0403, "ecdsa_secp256r1_sha256"},
    Entry{0x0501, "rsa_pkcs1_sha384"},
    Entry{0x0502, "dsa_sha384"},
    Entry{0x0503, "ecdsa_secp384r1_sha384"},
    Entry{0x0601, "rsa_pkcs1_sha512"},
    Entry{0x0602, "dsa_sha512"},
    Entry{0x0603, "ecdsa_secp521r1_sha512"},
    Entry{0x0804, "rsa_pss_rsae_sha256"},
    Entry{0x0805, "rsa_pss_rsae_sha384"},
    Entry{0x0806, "rsa_pss_rsae_sha512"},
    Entry{0x0807, "ed25519"},
    Entry{0x0808, "ed448"},
    Entry{0x0809, "rsa_pss_pss_sha256"},
    Entry{0x080A, "rsa_pss_pss_sha384"},
    Entry{0x080B, "rsa_pss_pss_sha512"},
    Entry{0x081A, "ecdsa_brainpoolP256r1tls13_sha256"},
    Entry{0x081B, "ecdsa_brainpoolP384r1tls13_sha384"},
    Entry{0x081C, "ecdsa_brainpoolP512r1tls13_sha512"},
    Entry{0x0904, "mldsa44"},
    Entry{0x0905, "mldsa65"},
    Entry{0x0906, "mldsa87"},
};
constexpr std::array extensions{
    Entry{0x0000, "server_name"},
    Entry{0x0001, "max_fragment_length"},
    Entry{0x0005, "status_request"},
    Entry{0x000A, "supported_groups"},
    Entry{0x000B, "ec_point_formats"},
    Entry{0x000C, "srp"},
    Entry{0x000D, "signature_algorithms"},
    Entry{0x000E, "use_srtp"},
    Entry{0x000F, "heartbeat"},
    Entry{0x0010, "application_layer_protocol_negotiation"},
    Entry{0x0011, "status_request_v2"},
    Entry{0x0012, "signed_certificate_timestamp"},
    Entry{0x0013, "client_certificate_type"},
    Entry{0x0014, "server_certificate_type"},
    Entry{0x0015, "padding"},
    Entry{0x0016, "encrypt_then_mac"},
    Entry{0x0017, "extended_master_secret"},
    Entry{0x001B, "compress_certificate"},
    Entry{0x001C, "record_size_limit"},
    Entry{0x0022, "delegated_credential"},
    Entry{0x0023, "session_ticket"},
    Entry{0x0029, "pre_shared_key"},
    Entry{0x002A, "early_data"},
    Entry{0x002B, "supported_versions"},
    Entry{0x002C, "cookie"},
    Entry{0x002D, "psk_key_exchange_modes"},
    Entry{0x002F, "certificate_authorities"},
    Entry{0x0030, "oid_filters"},
    Entry{0x0031, "post_handshake_auth"},
    Entry{0x0032, "signature_algorithms_cert"},
    Entry{0x0033, "key_share"},
    Entry{0x3374, "next_protocol_negotiation"},
    Entry{0xFE0D, "encrypted_client_hello"},
    Entry{0xFF01, "renegotiation_info"},
};
constexpr std::array compressions{Entry{0, "null"}, Entry{1, "DEFLATE"}, Entry{64, "LZS"}};

}  // namespace

std::span<Entry const> version_rows()
{
    return versions;
}

std::span<Entry const> group_rows()
{
    return groups;
}

std::span<Entry const> signature_rows()
{
    return signatures;
}

std::span<Entry const> extension_rows()
{
    return extensions;
}

std::span<Entry const> compression_rows()
{
    return compressions;
}

}  // namespace keur::tls
