import { startSshd } from '../../../link/testing/sshd'
import type { SshEngine } from '../../../../shared/model/host'
import type { Reach } from './suite-store'

/** This computer from outside: a real sshd on loopback, and nothing but what ssh lets through. */
export async function bySsh(sshEngine?: SshEngine): Promise<Reach> {
  const sshd = await startSshd()
  return {
    uri: `qemu-direct+ssh://${sshd.user}@127.0.0.1:${sshd.port}/?known_hosts=/dev/null`,
    keyFile: sshd.keyFile,
    ...(sshEngine === undefined ? {} : { sshEngine }),
    stop: () => sshd.stop(),
  }
}
