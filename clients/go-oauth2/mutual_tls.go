// Mutual TLS (RFC 8705): the certificate is the transport's business, the endpoints are the settings'.
package main

import (
	"crypto/tls"
	"net/http"
)

// showCertificate has every connection show our certificate to servers that ask for one of its authority, and takes the
// addresses that are meant for it. The files are read for each connection, since they may be renewed.
func showCertificate() {
	if setting("client_certificate_file") == "" {
		return
	}
	aliases, _ := settings["mtls_endpoint_aliases"].(map[string]any)
	for name, address := range aliases {
		settings[name] = address
	}
	http.DefaultTransport.(*http.Transport).TLSClientConfig = &tls.Config{
		GetClientCertificate: func(asked *tls.CertificateRequestInfo) (*tls.Certificate, error) {
			own, err := tls.LoadX509KeyPair(setting("client_certificate_file"), setting("client_key_file"))
			if err == nil && asked.SupportsCertificate(&own) != nil {
				return &tls.Certificate{}, nil
			}
			return &own, err
		},
	}
}
