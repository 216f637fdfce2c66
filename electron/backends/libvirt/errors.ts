/**
 * libvirt's error codes (virErrorNumber, https://libvirt.org/html/libvirt-virterror.html) and the RPC client's own
 * failures → AppError. The only place above the client that looks at codes; texts of the host are never compared, as
 * the daemon translates them.
 */
import { AppError, type ErrorKind } from '../../../shared/errors'
import {
  RpcAuthError,
  RpcClosedError,
  RpcError,
  RpcProtocolError,
  RpcTimeoutError,
  isUnknownProcedure,
  virErrorDomain,
  virErrorNumber as codes,
  type CloseReason,
} from '../../libvirt-rpc/index'
import { readOnlyCure } from '../session-life'

interface Meaning {
  readonly kind: ErrorKind
  readonly message: string
  readonly cure?: string
}

const notSupported: Meaning = {
  kind: 'unsupported',
  message: 'This host cannot do this',
  cure: 'Its hypervisor or its libvirt version does not offer it.',
}
const lockTimeout: Meaning = {
  kind: 'busy',
  message: 'The VM is busy with another operation',
  cure: 'Wait until it has ended, then try again.',
}
const badDefinition: Meaning = {
  kind: 'invalid',
  message: 'The host does not accept this definition',
  cure: 'See what the host says about it.',
}

const meanings: Record<number, Meaning> = {
  [codes.VIR_ERR_NO_SUPPORT]: notSupported,
  [codes.VIR_ERR_OPERATION_UNSUPPORTED]: notSupported,
  [codes.VIR_ERR_ARGUMENT_UNSUPPORTED]: notSupported,
  [codes.VIR_ERR_CONFIG_UNSUPPORTED]: {
    kind: 'unsupported',
    message: 'This host does not support what the VM asks for',
    cure: 'Change the VM, or use a host that has it.',
  },
  [codes.VIR_ERR_NO_DOMAIN]: {
    kind: 'not-found',
    message: 'This VM no longer exists',
    cure: 'It was deleted by somebody else, or it was transient and has stopped.',
  },
  [codes.VIR_ERR_NO_NETWORK]: {
    kind: 'not-found',
    message: 'The virtual network does not exist on this host',
    cure: 'Create it, or connect the network card to another one.',
  },
  [codes.VIR_ERR_NO_STORAGE_POOL]: {
    kind: 'not-found',
    message: 'The storage pool does not exist on this host',
  },
  [codes.VIR_ERR_NO_NODE_DEVICE]: {
    kind: 'not-found',
    message: 'The device is no longer there',
    cure: 'It was unplugged, or given another address: look at the list again.',
  },
  [codes.VIR_ERR_NO_STORAGE_VOL]: { kind: 'not-found', message: 'The storage volume no longer exists' },
  [codes.VIR_ERR_DOM_EXIST]: { kind: 'already-exists', message: 'A VM with this name exists already' },
  [codes.VIR_ERR_STORAGE_VOL_EXIST]: {
    kind: 'already-exists',
    message: 'A storage volume with this name exists already',
  },
  [codes.VIR_ERR_NETWORK_EXIST]: {
    kind: 'already-exists',
    message: 'A virtual network with this name exists already',
  },
  [codes.VIR_ERR_OPERATION_INVALID]: {
    kind: 'invalid',
    message: 'This is not possible in the present state of the VM',
    cure: 'Its state may have just changed; look at it and try again.',
  },
  [codes.VIR_ERR_OPERATION_DENIED]: {
    kind: 'denied',
    message: 'This connection is read-only',
    cure: readOnlyCure,
  },
  [codes.VIR_ERR_ACCESS_DENIED]: {
    kind: 'denied',
    message: 'An access rule on the host forbids this',
    cure: "Ask the host's administrator.",
  },
  [codes.VIR_ERR_OPERATION_TIMEOUT]: lockTimeout,
  [codes.VIR_ERR_RESOURCE_BUSY]: { ...lockTimeout, message: 'Something this needs is in use' },
  [codes.VIR_ERR_BLOCK_COPY_ACTIVE]: { ...lockTimeout, message: 'A disk of the VM is being copied' },
  [codes.VIR_ERR_OPERATION_ABORTED]: { kind: 'cancelled', message: 'The operation was cancelled' },
  [codes.VIR_ERR_AGENT_UNRESPONSIVE]: {
    kind: 'busy',
    message: 'The guest agent does not answer',
    cure: 'Check that qemu-guest-agent runs inside the guest.',
  },
  [codes.VIR_ERR_AGENT_COMMAND_TIMEOUT]: { kind: 'timed-out', message: 'The guest agent took too long' },
  [codes.VIR_ERR_XML_ERROR]: badDefinition,
  [codes.VIR_ERR_XML_DETAIL]: badDefinition,
  [codes.VIR_ERR_XML_INVALID_SCHEMA]: badDefinition,
  [codes.VIR_ERR_INVALID_ARG]: { kind: 'invalid', message: 'The host does not accept this value' },
  // polkit: no agent runs in the session of the user, which is the rule through ssh
  [codes.VIR_ERR_AUTH_UNAVAILABLE]: {
    kind: 'denied',
    message: "The host's libvirt wants a confirmation that nobody there can give",
    cure:
      'Add the user to the group "libvirt" on the host and sign in again, connect as root, or edit the host and ' +
      'only look.',
  },
  [codes.VIR_ERR_AUTH_CANCELLED]: {
    kind: 'cancelled',
    message: 'The confirmation on the host was dismissed',
    cure: 'Connect again and confirm, or add the user to the group "libvirt" on the host.',
  },
  [codes.VIR_ERR_AUTH_FAILED]: {
    kind: 'auth-failed',
    message: "The host's libvirt refuses this account",
    cure: 'Use an account that may manage virtual machines: root, or a member of the group "libvirt".',
  },
  [codes.VIR_ERR_NO_CONNECT]: {
    kind: 'unsupported',
    message: 'The host has no such hypervisor',
    cure: 'Check the beginning of the URI (qemu, xen, lxc) and that the driver is installed on the host.',
  },
  [codes.VIR_ERR_NO_SERVER]: { kind: 'unreachable', message: 'The host lacks a service this needs' },
  [codes.VIR_ERR_CPU_INCOMPATIBLE]: {
    kind: 'unsupported',
    message: "The VM's CPU model does not fit this host's CPU",
    cure: 'Choose another CPU model.',
  },
  [codes.VIR_ERR_NO_MEMORY]: { kind: 'busy', message: 'The host is out of memory' },
}

/** errno values libvirt passes on in int1 of VIR_ERR_SYSTEM_ERROR. */
const systemErrors: Record<number, Meaning> = {
  2: { kind: 'not-found', message: 'A file this needs does not exist on the host' },
  13: {
    kind: 'denied',
    message: 'The host was refused access to a file',
    cure: 'Check owner and permissions of the file; the hypervisor often runs as a user of its own.',
  },
  16: { kind: 'busy', message: 'A file or device this needs is in use' },
  17: { kind: 'already-exists', message: 'A file with this name exists already' },
  28: { kind: 'busy', message: 'The disk of the host is full', cure: 'Free some space, then try again.' },
  30: {
    kind: 'denied',
    message: 'The host may only read the disk this lies on',
    cure: 'It is mounted read-only, perhaps because it is failing. Choose another pool, or mount it for writing.',
  },
}

/** Any failure of the RPC client as an AppError; AppErrors pass unchanged. Bugs of ours stay what they are. */
export function toAppError(error: unknown): unknown {
  if (error instanceof RpcError) return fromHost(error)
  if (error instanceof RpcTimeoutError) {
    return new AppError('timed-out', 'The host did not answer in time', {
      cure: 'It may be overloaded or its libvirt stuck. What was asked may still happen.',
      detail: error.message,
      cause: error,
    })
  }
  if (error instanceof RpcClosedError) return closedError(error.reason)
  if (error instanceof RpcProtocolError) {
    return new AppError('invalid', 'This cannot be sent to the host', { detail: error.message, cause: error })
  }
  if (error instanceof RpcAuthError && error.kind === 'refused') {
    return new AppError('auth-failed', "The host's libvirt no longer accepts the name and password", {
      cure: 'Connect again and give the new ones.',
      detail: error.message,
      cause: error,
    })
  }
  if (error instanceof RpcAuthError) {
    return new AppError(
      'unsupported',
      'The host asks for a way of signing in that Innkeeper does not offer',
      {
        cure: 'Connect through ssh (qemu+ssh://).',
        detail: error.message,
        cause: error,
      },
    )
  }
  if (error instanceof Error && error.name === 'AbortError') return cancelled()
  return error
}

/** Said before the daemon is asked, which would refuse it as well. */
export function cancelled(): AppError {
  return new AppError('cancelled', 'Cancelled')
}

function fromHost(error: RpcError): AppError {
  const known = isUnknownProcedure(error) ? notSupported : meaningOf(error)
  return new AppError(known?.kind ?? 'internal', known?.message ?? 'The host could not do this', {
    cure: known?.cure ?? 'The details have the words of the host.',
    detail: error.message,
    cause: error,
  })
}

function meaningOf(error: RpcError): Meaning | undefined {
  if (error.code === codes.VIR_ERR_SYSTEM_ERROR) return systemErrors[error.details.int1]
  // the daemon's dispatcher refuses everything before authentication with VIR_ERR_RPC
  if (error.code === codes.VIR_ERR_RPC && error.domain === virErrorDomain.VIR_FROM_AUTH) {
    return meanings[codes.VIR_ERR_AUTH_FAILED]
  }
  return meanings[error.code]
}

/** Why a connection ended, for the host's row. */
export function closedError(reason: CloseReason): AppError {
  const extra = { detail: reason.message, ...(reason.cause === undefined ? {} : { cause: reason.cause }) }
  switch (reason.kind) {
    case 'local':
      return new AppError('unreachable', 'The connection to the host was closed', extra)
    case 'ended':
      return new AppError('unreachable', 'The host closed the connection', {
        ...extra,
        cure: 'Its libvirt daemon may have been stopped or restarted.',
      })
    case 'transport':
      return new AppError('unreachable', 'The connection to the host broke', {
        ...extra,
        cure: 'Check the network and that the host is up.',
      })
    case 'keepalive':
      return new AppError('unreachable', 'The host no longer answers', {
        ...extra,
        cure: 'Check the network and that the host is up; its libvirt daemon may be stuck.',
      })
    case 'protocol':
      return new AppError('unreachable', 'The host sent something that is not libvirt', {
        ...extra,
        cure: 'Check that the URI leads to a libvirt daemon.',
      })
  }
}
