/** The calls that register an event and take it back, for each family. No object is named: one registration serves them all. */
import type { RpcConnection } from './connection'
import type { CallOptions } from './connection-options'
import { libvirtCalls } from './generated/calls.gen'
import type { EventFamily } from './procedures'

export const registerCalls: Record<
  EventFamily,
  (rpc: RpcConnection, eventID: number) => Promise<{ callbackID: number }>
> = {
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

export const deregisterCalls: Record<
  EventFamily,
  (rpc: RpcConnection, callbackID: number, options: CallOptions) => Promise<unknown>
> = {
  domain: (rpc, callbackID, options) =>
    rpc.call(libvirtCalls.CONNECT_DOMAIN_EVENT_CALLBACK_DEREGISTER_ANY, { callbackID }, options),
  network: (rpc, callbackID, options) =>
    rpc.call(libvirtCalls.CONNECT_NETWORK_EVENT_DEREGISTER_ANY, { callbackID }, options),
  'storage-pool': (rpc, callbackID, options) =>
    rpc.call(libvirtCalls.CONNECT_STORAGE_POOL_EVENT_DEREGISTER_ANY, { callbackID }, options),
  'node-device': (rpc, callbackID, options) =>
    rpc.call(libvirtCalls.CONNECT_NODE_DEVICE_EVENT_DEREGISTER_ANY, { callbackID }, options),
  secret: (rpc, callbackID, options) =>
    rpc.call(libvirtCalls.CONNECT_SECRET_EVENT_DEREGISTER_ANY, { callbackID }, options),
}
