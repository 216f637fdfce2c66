import { createHash, randomUUID } from 'node:crypto'

const salt = randomUUID()

/**
 * The same for each plan of one VM while the app runs, so that what the user changes on a planned definition still fits when
 * it is made; nobody outside can foresee it. `taken`: of the host's VMs, as one of this name may have been renamed.
 */
export function newVmUuid(host: string, name: string, taken: ReadonlySet<string>): string {
  for (let turn = 0; ; turn += 1) {
    const hex = createHash('sha256')
      .update(JSON.stringify([salt, host, name, turn]))
      .digest('hex')
    // version 4, variant 1 (RFC 9562)
    const variant = '89ab'[Number.parseInt(hex[16] ?? '0', 16) % 4]
    const uuid = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
    if (!taken.has(uuid)) return uuid
  }
}
