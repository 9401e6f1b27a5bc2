/* libgit2 without its network, when it is linked in (HISTORY_LINKED, which the Makefile sets where it can be). What of libgit2 reaches for servers has its
 * doors here, and they are shut: nothing that it would load for that (TLS, SSH, Kerberos) comes into the program, whose every start it would slow, and
 * nobody needs to believe us that no story leaves the machine this way. The names and what they give are those of libgit2 1.5; where another libgit2 asks
 * for others, the link that is tried fails, and the library is opened when it is needed (history.c). */
#ifdef HISTORY_LINKED

enum { REFUSED = -1 };

/* In the place of what stands in libgit2's src/libgit2/streams/ (mbedtls.c, socket.c) and transports/ (ssh.c, http.c, git.c): int (*)(...) of several arguments, of which none is looked at. */
#define SHUT(name, result) \
	int name(void); \
	int name(void) \
	{ \
		return result; \
	}

SHUT(git_mbedtls_stream_global_init, 0) /* nothing to begin */
SHUT(git_transport_ssh_global_init, 0)
SHUT(git_socket_stream_global_init, 0)
SHUT(git_socket_stream_new, REFUSED)
SHUT(git_smart_subtransport_git, REFUSED)
SHUT(git_mbedtls_stream_new, REFUSED)
SHUT(git_mbedtls_stream_wrap, REFUSED)
SHUT(git_mbedtls__set_cert_location, REFUSED)
SHUT(git_smart_subtransport_http, REFUSED)
SHUT(git_smart_subtransport_ssh, REFUSED)
SHUT(git_transport_ssh_with_paths, REFUSED)
extern int git_http__expect_continue;
int git_http__expect_continue;

/* Of libhttp_parser: addresses of servers. */
SHUT(http_parser_parse_url, 1)

/* Of mbedTLS: the digests of repositories of a kind that libgit2 1.5 does not read yet. */
SHUT(mbedtls_sha256_starts, REFUSED)
SHUT(mbedtls_sha256_update, REFUSED)
SHUT(mbedtls_sha256_finish, REFUSED)
SHUT(mbedtls_sha256_init, 0)
SHUT(mbedtls_sha256_free, 0)

#endif
