#pragma once

#include "clients/reference/flaw.h"
#include "protocol/base/result.h"
#include "protocol/http/message.h"
#include "protocol/http/url.h"
#include "protocol/jose/jws.h"

#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace keur::reference {

// Proofs that this program holds a key of its own (RFC 9449): one for each request, tied to it, with the newest nonce
// that the server asked for. Shared by all threads.
class Proofs {
public:
    static Result<std::unique_ptr<Proofs>> create(Flaws const& flaws);
    Proofs(jose::Signer signer, Flaws const& flaws) : signer_(std::move(signer)), flaws_(flaws) {}

    // The request with its proof.
    [[nodiscard]] Result<http::Request> prove(http::Url const& url, http::Request request);
    // Takes note of the nonce of an answer; true when the answer asks for the request again with it.
    [[nodiscard]] bool take_nonce(http::Url const& url, http::Response const& answer);

private:
    [[nodiscard]] Json claims(http::Url const& url, http::Request const& request);
    [[nodiscard]] std::string place(http::Url const& url) const;

    jose::Signer signer_;
    Flaws flaws_;
    std::mutex mutex_;
    std::map<std::string, std::string> nonces_;  // by origin
    std::map<std::string, std::string> kept_;    // proofs by address, for Flaw::proof_reused
};

}  // namespace keur::reference
