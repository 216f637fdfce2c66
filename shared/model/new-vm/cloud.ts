/** A VM from a cloud image: an installed system that asks cloud-init's disc at its first start who it shall be. */
import { z } from 'zod'

/** As useradd takes them on all distributions. */
export const userName = z
  .string()
  .regex(
    /^[a-z_][a-z0-9_-]{0,31}$/,
    'Enter a name of small letters, digits, "-" and "_" that begins with a letter',
  )

/** RFC 1123: labels of letters, digits and hyphens. */
export const hostName = z
  .string()
  .max(253)
  .regex(
    /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/i,
    'Enter letters, digits and hyphens, with dots between the parts',
  )

const keyForm =
  /^(ssh-(rsa|dss|ed25519)|ecdsa-sha2-nistp(256|384|521)|sk-(ssh-ed25519|ecdsa-sha2-nistp256)@openssh\.com) AAAA[A-Za-z0-9+/]+={0,3}( [^\r\n]*)?$/

/** A line of an authorized_keys file without options: "ssh-ed25519 AAAA… name@computer". */
export const sshPublicKey = z
  .string()
  .max(16_384)
  .refine(isPublicKey, 'This is no public SSH key: it begins with its type, such as "ssh-ed25519 AAAA…"')

/** The key itself repeats its type, so that a line that was cut or put together wrongly is told. */
export function isPublicKey(line: string): boolean {
  const [type = '', data = ''] = line.split(' ')
  if (!keyForm.test(line)) return false
  const head = decoded(data.slice(0, 64))
  const length = (head[2] ?? 0) * 256 + (head[3] ?? 0)
  return String.fromCharCode(...head.slice(4, 4 + length)) === type
}

const base64Signs = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** Whole bytes of what begins here; this runs where neither Node nor the DOM is. */
function decoded(base64: string): number[] {
  const bytes: number[] = []
  for (let at = 0; at + 4 <= base64.length; at += 4) {
    const [a = 0, b = 0, c = 0, d = 0] = [0, 1, 2, 3].map((next) =>
      base64Signs.indexOf(base64.charAt(at + next)),
    )
    bytes.push((a << 2) | (b >> 4), ((b & 15) << 4) | (c >> 2), ((c & 3) << 6) | d)
  }
  return bytes
}

/** Of apt, dnf, zypper, pacman and apk, some with a version: "nginx=1.24.*", "php8.2-fpm", "libfoo:i386". */
export const packageName = z
  .string()
  .max(128)
  .regex(/^[A-Za-z0-9@][A-Za-z0-9@._+:=~*/-]*$/, 'This is no name of a package')

const octet = '(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])'
const v4 = new RegExp(`^${octet}(\\.${octet}){3}$`)

export function isIpAddress(text: string): boolean {
  return v4.test(text) || isV6(text)
}

function isV6(text: string): boolean {
  if (!/^[0-9a-f:]{2,39}$/i.test(text)) return false
  const [head = '', tail, more] = text.split('::')
  if (more !== undefined) return false
  const groups = [head, tail ?? ''].flatMap((part) => (part === '' ? [] : part.split(':')))
  const isWhole = groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))
  return isWhole && (tail === undefined ? groups.length === 8 : groups.length < 8)
}

/** "192.0.2.10/24", "2001:db8::10/64" */
export function isAddressWithPrefix(text: string): boolean {
  const [address = '', prefix = '', more] = text.split('/')
  if (more !== undefined || !/^[0-9]{1,3}$/.test(prefix) || !isIpAddress(address)) return false
  return Number(prefix) <= (address.includes(':') ? 128 : 32)
}

const ipAddress = z.string().refine(isIpAddress, 'Enter an address such as 192.0.2.1')

/** More than this is no configuration but a mistake. */
const maxRawLength = 512 * 1024

/** What cloud-init takes for user-data: a first line that says what it is. */
export function isUserData(text: string): boolean {
  return (
    /^#(cloud-config|!|include|cloud-boothook|part-handler|upstart-job|cloud-config-archive)/.test(text) ||
    /^## template: ?jinja/.test(text) ||
    /^(MIME-Version|Content-Type): /i.test(text)
  )
}

const rawText = z.string().max(maxRawLength, 'This is longer than 512 KiB')

export const cloudInit = z.object({
  /** Absent: after the VM. */
  hostname: hostName.optional(),
  user: z
    .object({
      name: userName,
      sshKeys: z.array(sshPublicKey).max(32),
      /** Hashed before it leaves the main process, and shown nowhere. */
      password: z
        .string()
        .min(1)
        .max(256)
        // the hash is of a C string
        .refine((text) => !/[\0\r\n]/.test(text), 'A password has no line breaks')
        .optional(),
      /** May become root. */
      isAdmin: z.boolean(),
    })
    .optional(),
  packages: z.array(packageName).max(200),
  network: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('dhcp') }),
    /** Of the first card; others ask by DHCP. */
    z.object({
      kind: z.literal('static'),
      address: z.string().refine(isAddressWithPrefix, 'Enter an address with its length: 192.0.2.10/24'),
      gateway: ipAddress.optional(),
      dns: z.array(ipAddress).max(8),
    }),
  ]),
  /** Instead of user, packages and host name. */
  userData: rawText
    .refine(
      isUserData,
      'cloud-init knows what it is by its first line: "#cloud-config", "#!/bin/sh" or a MIME header',
    )
    .optional(),
  /** Instead of `network`: cloud-init's network configuration, version 1 or 2. */
  networkConfig: rawText.optional(),
})
export type CloudInit = z.output<typeof cloudInit>
