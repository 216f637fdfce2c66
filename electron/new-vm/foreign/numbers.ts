/** Numbers of foreign files, which may say anything. */

const mib = 1024 * 1024

/** Undefined for what no VM can have. */
export function bytesOfMebibytes(value: unknown): number | undefined {
  const count = wholeOf(value)
  return count !== undefined && count <= 2 ** 32 ? count * mib : undefined
}

export function cpuCountOf(value: unknown): number | undefined {
  const count = wholeOf(value)
  return count !== undefined && count <= 4096 ? count : undefined
}

function wholeOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^\s*\d{1,15}\s*$/.test(value) ? Number(value) : value
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 1 ? number : undefined
}

/** In the one form that addresses have here; undefined for what no card can have, such as a multicast address. */
export function macOf(text: string | undefined): string | undefined {
  const mac = text?.trim().toLowerCase().replaceAll('-', ':')
  return mac !== undefined && /^[0-9a-f][02468ace](:[0-9a-f]{2}){5}$/.test(mac) ? mac : undefined
}
