import { encodeType } from '../../../libvirt-rpc/testing/reference-codec'
import {
  LibvirtSession,
  RpcError,
  virErrorDomain,
  virErrorNumber,
  type CallName,
} from '../../../libvirt-rpc/index'

type Answers = { [Name in CallName]?: (args: never) => unknown }

export interface FakeRpc {
  readonly session: LibvirtSession
  readonly calls: { readonly name: CallName; readonly args: unknown }[]
}

/** A host that answers what the test says, and everything else as a driver that does not have it. */
export function fakeRpc(answers: Answers): FakeRpc {
  const calls: FakeRpc['calls'] = []
  const call = async (name: CallName, args: unknown): Promise<unknown> => {
    calls.push({ name, args })
    const answer = answers[name] as ((args: unknown) => unknown) | undefined
    if (!answer) throw hostError('VIR_ERR_NO_SUPPORT', `this function is not supported: ${name}`)
    return answer(args)
  }
  const callRaw = async (name: CallName, args: unknown): Promise<Uint8Array> => {
    const answer = await call(name, args)
    return encodeType(`remote_${name.toLowerCase()}_ret`, answer)
  }
  const session = Object.create(LibvirtSession.prototype, {
    call: { value: call },
    callRaw: { value: callRaw },
    callJob: { value: call },
  }) as LibvirtSession
  return { session, calls }
}

export function hostError(code: keyof typeof virErrorNumber, message = 'words of the host'): RpcError {
  return new RpcError(virErrorNumber[code], virErrorDomain.VIR_FROM_QEMU, message)
}
