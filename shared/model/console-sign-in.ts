import { z } from 'zod'
import type { ErrorData } from '../errors'
import { vmRef, type ConsoleId } from './ids'

/** How the server of a display wants to know who looks. `vnc` knows a password only, and its first eight bytes. */
export type SignInMethod = 'vnc' | 'plain' | 'sasl'

/** Eight bytes are a DES key; what follows is ignored (RFC 6143, 7.2.2). */
export const vncPasswordLength = 8

export const consoleCredentials = z.object({
  username: z.string().max(255).exactOptional(),
  password: z.string().max(1024),
})
export type ConsoleCredentials = z.infer<typeof consoleCredentials>

/** SHA-256 of a certificate, as openssl prints it. */
export const certificateFingerprint = z.string().regex(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/)

export const openConsoleInput = vmRef.extend({
  /** What the user typed for this screen. */
  credentials: consoleCredentials.exactOptional(),
  /** The certificate that the user has looked at and trusts from now on. */
  trust: certificateFingerprint.exactOptional(),
})
export type OpenConsoleInput = z.infer<typeof openConsoleInput>

/** What keeps others from reading along on the way from the host to this computer. */
export interface ConsoleProtection {
  readonly by: 'tls' | 'ssh' | 'local' | 'none'
  /** For TLS: version and cipher, and how its certificate is trusted. */
  readonly detail?: string
}

/** Why the user has to type something. */
export type CredentialsReason =
  /** Nothing is known for this screen. */
  | 'needed'
  /** What was typed is wrong. */
  | 'wrong'
  /** The password of the VM's own definition was refused: it has expired, or belongs to the next start. */
  | 'own-password-refused'

export interface CredentialsQuestion {
  readonly method: SignInMethod
  readonly why: CredentialsReason
  /** The server's words, if it gave any. */
  readonly detail?: string
}

/** A certificate that nobody whom this computer trusts vouches for. */
export interface OfferedCertificate {
  readonly fingerprint: string
  readonly subject: string
  readonly issuer: string
  readonly names: readonly string[]
  readonly validFrom: string
  readonly validUntil: string
  /** What is wrong with it, and what would be the proper cure. */
  readonly problem: ErrorData
  /** The host showed another one before, which the user had trusted. */
  readonly known?: { readonly fingerprint: string; readonly sinceMs: number }
}

/** What became of opening a console. */
export type ConsoleOpening =
  | { readonly kind: 'open'; readonly console: ConsoleId; readonly protection: ConsoleProtection }
  | { readonly kind: 'credentials'; readonly question: CredentialsQuestion }
  | { readonly kind: 'certificate'; readonly certificate: OfferedCertificate }
