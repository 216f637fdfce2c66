/** The call that registers an event, for each family. No object is named: one registration serves them all. */
import type { RpcConnection } from './connection'
import { libvirtCalls } from './generated/calls.gen'
import type { EventFamily } from './procedures'

export const registerCalls: Record<EventFamily, (rpc: RpcConnection, eventID: number) => Promise<unknown>> = {
  domain: (rpc, eventID) =>
    rpc.call(libvirtCalls.CONNECT_DOMAIN_EVENT_CALLBACK_REGISTER_ANY, { eventID, dom: null }),
  network: (rpc, eventID) =>
    rpc.call(libvirtCalls.CONNECT_NETWORK_EVENT_REGISTER_ANY, { eventID, net: null }),
  'storage-pool': (rpc, eventID) =>
    rpc.call(libvirtCalls.CONNECT_STORAGE_POOL_EVENT_REGISTER_ANY, { eventID, pool: null }),
  'node-device': (rpc, eventID) =>
    rpc.call(libvirtCalls.CONNECT_NODE_DEVICE_EVENT_REGISTER_ANY, { eventID, dev: null }),
  secret: (rpc, eventID) =>
    rpc.call(libvirtCalls.CONNECT_SECRET_EVENT_REGISTER_ANY, { eventID, secret: null }),
}
