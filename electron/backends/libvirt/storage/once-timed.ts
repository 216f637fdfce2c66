import { isRpcError } from '../../../libvirt-rpc/index'

/** Each fails by itself; with all processors busy four in a row were seen to. */
const timings = 10

/**
 * Makes an encrypted image. QEMU measures by its thread's CPU time how often a passphrase has to be hashed, and fails on a
 * busy host when the kernel has not counted any yet (crypto/pbkdf.c): nothing is wrong then, and nothing was made.
 */
export async function onceTimed<T>(work: () => Promise<T>): Promise<T> {
  for (let time = 1; ; time += 1) {
    try {
      return await work()
    } catch (error) {
      const isUntimed = isRpcError(error) && error.message.includes('Unable to get accurate CPU usage')
      if (!isUntimed || time === timings) throw error
    }
  }
}
