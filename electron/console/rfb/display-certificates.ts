/**
 * The certificates this computer has for screens. gtk-vnc's places come first where a host has none of its own, since
 * virt-viewer and virt-manager look there; then those of libvirt's own connections.
 */
import { access } from 'node:fs/promises'
import type { TlsPaths } from '../../link/tls-files'
import { readTlsFiles, type TlsFiles } from '../../link/tls-files'

/** Undefined when there is no authority anywhere: then the user has to judge. A file that is there and bad is told. */
export async function readDisplayCertificates(places: readonly TlsPaths[]): Promise<TlsFiles | undefined> {
  const authority = await first(places, ({ ca }) => exists(ca))
  if (!authority) return undefined
  const own = await first(
    places,
    async ({ certificate, key }) => (await exists(certificate)) && (await exists(key)),
  )
  const { ca, crl } = authority
  const { certificate, key } = own ?? authority
  return readTlsFiles({ ca, crl, certificate, key }, { isSane: true, nowMs: Date.now() })
}

async function first<T>(all: readonly T[], isRight: (one: T) => Promise<boolean>): Promise<T | undefined> {
  for (const one of all) if (await isRight(one)) return one
  return undefined
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
