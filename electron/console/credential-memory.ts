import type { ConsoleCredentials, SignInMethod } from '../../shared/model/console-sign-in'
import type { HostId, VmRef } from '../../shared/model/ids'

/**
 * What was typed for screens and let us in, until the host is disconnected or the app ends: a screen that comes back asks
 * for nothing. A password alone is a VM's; a name with a password is an account of the host.
 */
export class CredentialMemory {
  readonly #kept = new Map<HostId, Map<string, ConsoleCredentials>>()

  get(ref: VmRef, method: SignInMethod): ConsoleCredentials | undefined {
    return this.#kept.get(ref.host)?.get(keyOf(ref, method))
  }

  keep(ref: VmRef, method: SignInMethod, credentials: ConsoleCredentials): void {
    const ofHost = this.#kept.get(ref.host) ?? new Map<string, ConsoleCredentials>()
    ofHost.set(keyOf(ref, method), credentials)
    this.#kept.set(ref.host, ofHost)
  }

  drop(ref: VmRef, method: SignInMethod): void {
    this.#kept.get(ref.host)?.delete(keyOf(ref, method))
  }

  forgetHost(host: HostId): void {
    this.#kept.delete(host)
  }
}

function keyOf({ vm }: VmRef, method: SignInMethod): string {
  return method === 'vnc' ? vm : 'account'
}
