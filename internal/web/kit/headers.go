package kit

import "net/http"

// CSP is the content security policy of the public pages: everything from this
// site, nothing inline, nothing framed.
const CSP = "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; script-src 'self'; " +
	"connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; " +
	"require-trusted-types-for 'script'"

// FileCSP is the policy of files that people uploaded: opened by themselves
// they may do nothing at all.
const FileCSP = "default-src 'none'; sandbox"

// permissions names the browser features that no page of ours asks for.
const permissions = "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), " +
	"microphone=(), midi=(), payment=(), usb=()"

// Secure sets the headers that every answer carries. A handler may replace the
// policy by a stricter one.
func Secure(csp string) Middleware {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			h := w.Header()
			h.Set("Content-Security-Policy", csp)
			h.Set("X-Content-Type-Options", "nosniff")
			h.Set("Referrer-Policy", "strict-origin-when-cross-origin")
			h.Set("Cross-Origin-Opener-Policy", "same-origin")
			h.Set("Permissions-Policy", permissions)
			next.ServeHTTP(w, r)
		})
	}
}
