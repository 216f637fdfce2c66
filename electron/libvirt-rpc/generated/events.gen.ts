// Do not edit: written by electron/libvirt-rpc/codegen/generate.ts from protocol-facts.json.
// libvirt 11.3.0 (structure), 12.8.0 API description (enumerations)

import type { EventTable } from '../procedures'
import * as R from './read.gen'
import type * as T from './types.gen'

export interface LibvirtEvents {
  /** @deprecated superseded by a later procedure */
  DOMAIN_EVENT_LIFECYCLE: T.DomainEventLifecycleMsg
  /** @deprecated superseded by a later procedure */
  DOMAIN_EVENT_REBOOT: T.DomainEventRebootMsg
  /** @deprecated superseded by a later procedure */
  DOMAIN_EVENT_RTC_CHANGE: T.DomainEventRtcChangeMsg
  /** @deprecated superseded by a later procedure */
  DOMAIN_EVENT_WATCHDOG: T.DomainEventWatchdogMsg
  /** @deprecated superseded by a later procedure */
  DOMAIN_EVENT_IO_ERROR: T.DomainEventIoErrorMsg
  /** @deprecated superseded by a later procedure */
  DOMAIN_EVENT_GRAPHICS: T.DomainEventGraphicsMsg
  /** @deprecated superseded by a later procedure */
  DOMAIN_EVENT_IO_ERROR_REASON: T.DomainEventIoErrorReasonMsg
  /** @deprecated superseded by a later procedure */
  DOMAIN_EVENT_CONTROL_ERROR: T.DomainEventControlErrorMsg
  /** @deprecated superseded by a later procedure */
  DOMAIN_EVENT_BLOCK_JOB: T.DomainEventBlockJobMsg
  /** @deprecated superseded by a later procedure */
  DOMAIN_EVENT_DISK_CHANGE: T.DomainEventDiskChangeMsg
  /** @deprecated superseded by a later procedure */
  DOMAIN_EVENT_TRAY_CHANGE: T.DomainEventTrayChangeMsg
  /** @deprecated superseded by a later procedure */
  DOMAIN_EVENT_PMWAKEUP: T.DomainEventPmwakeupMsg
  /** @deprecated superseded by a later procedure */
  DOMAIN_EVENT_PMSUSPEND: T.DomainEventPmsuspendMsg
  /** @deprecated superseded by a later procedure */
  DOMAIN_EVENT_BALLOON_CHANGE: T.DomainEventBalloonChangeMsg
  /** @deprecated superseded by a later procedure */
  DOMAIN_EVENT_PMSUSPEND_DISK: T.DomainEventPmsuspendDiskMsg
  /** @deprecated superseded by a later procedure */
  DOMAIN_EVENT_DEVICE_REMOVED: T.DomainEventDeviceRemovedMsg
  NETWORK_EVENT_LIFECYCLE: T.NetworkEventLifecycleMsg
  DOMAIN_EVENT_CALLBACK_LIFECYCLE: T.DomainEventCallbackLifecycleMsg
  DOMAIN_EVENT_CALLBACK_REBOOT: T.DomainEventCallbackRebootMsg
  DOMAIN_EVENT_CALLBACK_RTC_CHANGE: T.DomainEventCallbackRtcChangeMsg
  DOMAIN_EVENT_CALLBACK_WATCHDOG: T.DomainEventCallbackWatchdogMsg
  DOMAIN_EVENT_CALLBACK_IO_ERROR: T.DomainEventCallbackIoErrorMsg
  DOMAIN_EVENT_CALLBACK_GRAPHICS: T.DomainEventCallbackGraphicsMsg
  DOMAIN_EVENT_CALLBACK_IO_ERROR_REASON: T.DomainEventCallbackIoErrorReasonMsg
  DOMAIN_EVENT_CALLBACK_CONTROL_ERROR: T.DomainEventCallbackControlErrorMsg
  DOMAIN_EVENT_CALLBACK_BLOCK_JOB: T.DomainEventCallbackBlockJobMsg
  DOMAIN_EVENT_CALLBACK_DISK_CHANGE: T.DomainEventCallbackDiskChangeMsg
  DOMAIN_EVENT_CALLBACK_TRAY_CHANGE: T.DomainEventCallbackTrayChangeMsg
  DOMAIN_EVENT_CALLBACK_PMWAKEUP: T.DomainEventCallbackPmwakeupMsg
  DOMAIN_EVENT_CALLBACK_PMSUSPEND: T.DomainEventCallbackPmsuspendMsg
  DOMAIN_EVENT_CALLBACK_BALLOON_CHANGE: T.DomainEventCallbackBalloonChangeMsg
  DOMAIN_EVENT_CALLBACK_PMSUSPEND_DISK: T.DomainEventCallbackPmsuspendDiskMsg
  DOMAIN_EVENT_CALLBACK_DEVICE_REMOVED: T.DomainEventCallbackDeviceRemovedMsg
  DOMAIN_EVENT_BLOCK_JOB_2: T.DomainEventBlockJob2Msg
  DOMAIN_EVENT_CALLBACK_TUNABLE: T.DomainEventCallbackTunableMsg
  DOMAIN_EVENT_CALLBACK_AGENT_LIFECYCLE: T.DomainEventCallbackAgentLifecycleMsg
  DOMAIN_EVENT_CALLBACK_DEVICE_ADDED: T.DomainEventCallbackDeviceAddedMsg
  DOMAIN_EVENT_CALLBACK_MIGRATION_ITERATION: T.DomainEventCallbackMigrationIterationMsg
  CONNECT_EVENT_CONNECTION_CLOSED: T.ConnectEventConnectionClosedMsg
  DOMAIN_EVENT_CALLBACK_JOB_COMPLETED: T.DomainEventCallbackJobCompletedMsg
  DOMAIN_EVENT_CALLBACK_DEVICE_REMOVAL_FAILED: T.DomainEventCallbackDeviceRemovalFailedMsg
  STORAGE_POOL_EVENT_LIFECYCLE: T.StoragePoolEventLifecycleMsg
  STORAGE_POOL_EVENT_REFRESH: T.StoragePoolEventRefreshMsg
  NODE_DEVICE_EVENT_LIFECYCLE: T.NodeDeviceEventLifecycleMsg
  NODE_DEVICE_EVENT_UPDATE: T.NodeDeviceEventUpdateMsg
  DOMAIN_EVENT_CALLBACK_METADATA_CHANGE: T.DomainEventCallbackMetadataChangeMsg
  SECRET_EVENT_LIFECYCLE: T.SecretEventLifecycleMsg
  SECRET_EVENT_VALUE_CHANGED: T.SecretEventValueChangedMsg
  DOMAIN_EVENT_BLOCK_THRESHOLD: T.DomainEventBlockThresholdMsg
  DOMAIN_EVENT_MEMORY_FAILURE: T.DomainEventMemoryFailureMsg
  DOMAIN_EVENT_MEMORY_DEVICE_SIZE_CHANGE: T.DomainEventMemoryDeviceSizeChangeMsg
  NETWORK_EVENT_CALLBACK_METADATA_CHANGE: T.NetworkEventCallbackMetadataChangeMsg
  DOMAIN_EVENT_NIC_MAC_CHANGE: T.DomainEventNicMacChangeMsg
  DOMAIN_EVENT_VCPU_REMOVED: T.DomainEventVcpuRemovedMsg
  DOMAIN_EVENT_CALLBACK_CHANNEL_LIFECYCLE: T.DomainEventCallbackChannelLifecycleMsg
  QEMU_DOMAIN_MONITOR_EVENT: T.QemuDomainMonitorEventMsg
}
export const libvirtEvents: EventTable<LibvirtEvents> = {
  DOMAIN_EVENT_LIFECYCLE: { name: 'DOMAIN_EVENT_LIFECYCLE', program: 536903814, num: 107, read: R.readDomainEventLifecycleMsg, since: 8000 },
  DOMAIN_EVENT_REBOOT: { name: 'DOMAIN_EVENT_REBOOT', program: 536903814, num: 169, read: R.readDomainEventRebootMsg, since: 8000 },
  DOMAIN_EVENT_RTC_CHANGE: { name: 'DOMAIN_EVENT_RTC_CHANGE', program: 536903814, num: 170, read: R.readDomainEventRtcChangeMsg, since: 8000 },
  DOMAIN_EVENT_WATCHDOG: { name: 'DOMAIN_EVENT_WATCHDOG', program: 536903814, num: 171, read: R.readDomainEventWatchdogMsg, since: 8000 },
  DOMAIN_EVENT_IO_ERROR: { name: 'DOMAIN_EVENT_IO_ERROR', program: 536903814, num: 172, read: R.readDomainEventIoErrorMsg, since: 8000 },
  DOMAIN_EVENT_GRAPHICS: { name: 'DOMAIN_EVENT_GRAPHICS', program: 536903814, num: 173, read: R.readDomainEventGraphicsMsg, since: 8000 },
  DOMAIN_EVENT_IO_ERROR_REASON: { name: 'DOMAIN_EVENT_IO_ERROR_REASON', program: 536903814, num: 195, read: R.readDomainEventIoErrorReasonMsg, since: 8001 },
  DOMAIN_EVENT_CONTROL_ERROR: { name: 'DOMAIN_EVENT_CONTROL_ERROR', program: 536903814, num: 224, read: R.readDomainEventControlErrorMsg, since: 9002 },
  DOMAIN_EVENT_BLOCK_JOB: { name: 'DOMAIN_EVENT_BLOCK_JOB', program: 536903814, num: 241, read: R.readDomainEventBlockJobMsg, since: 9004 },
  DOMAIN_EVENT_DISK_CHANGE: { name: 'DOMAIN_EVENT_DISK_CHANGE', program: 536903814, num: 248, read: R.readDomainEventDiskChangeMsg, since: 9007 },
  DOMAIN_EVENT_TRAY_CHANGE: { name: 'DOMAIN_EVENT_TRAY_CHANGE', program: 536903814, num: 268, read: R.readDomainEventTrayChangeMsg, since: 9011 },
  DOMAIN_EVENT_PMWAKEUP: { name: 'DOMAIN_EVENT_PMWAKEUP', program: 536903814, num: 269, read: R.readDomainEventPmwakeupMsg, since: 9011 },
  DOMAIN_EVENT_PMSUSPEND: { name: 'DOMAIN_EVENT_PMSUSPEND', program: 536903814, num: 270, read: R.readDomainEventPmsuspendMsg, since: 9011 },
  DOMAIN_EVENT_BALLOON_CHANGE: { name: 'DOMAIN_EVENT_BALLOON_CHANGE', program: 536903814, num: 276, read: R.readDomainEventBalloonChangeMsg, since: 10000 },
  DOMAIN_EVENT_PMSUSPEND_DISK: { name: 'DOMAIN_EVENT_PMSUSPEND_DISK', program: 536903814, num: 292, read: R.readDomainEventPmsuspendDiskMsg, since: 1000000 },
  DOMAIN_EVENT_DEVICE_REMOVED: { name: 'DOMAIN_EVENT_DEVICE_REMOVED', program: 536903814, num: 311, read: R.readDomainEventDeviceRemovedMsg, since: 1001001 },
  NETWORK_EVENT_LIFECYCLE: { name: 'NETWORK_EVENT_LIFECYCLE', program: 536903814, num: 315, read: R.readNetworkEventLifecycleMsg, family: 'network', eventId: 0, since: 1002001 },
  DOMAIN_EVENT_CALLBACK_LIFECYCLE: { name: 'DOMAIN_EVENT_CALLBACK_LIFECYCLE', program: 536903814, num: 318, read: R.readDomainEventCallbackLifecycleMsg, family: 'domain', eventId: 0, since: 8000 },
  DOMAIN_EVENT_CALLBACK_REBOOT: { name: 'DOMAIN_EVENT_CALLBACK_REBOOT', program: 536903814, num: 319, read: R.readDomainEventCallbackRebootMsg, family: 'domain', eventId: 1, since: 8000 },
  DOMAIN_EVENT_CALLBACK_RTC_CHANGE: { name: 'DOMAIN_EVENT_CALLBACK_RTC_CHANGE', program: 536903814, num: 320, read: R.readDomainEventCallbackRtcChangeMsg, family: 'domain', eventId: 2, since: 8000 },
  DOMAIN_EVENT_CALLBACK_WATCHDOG: { name: 'DOMAIN_EVENT_CALLBACK_WATCHDOG', program: 536903814, num: 321, read: R.readDomainEventCallbackWatchdogMsg, family: 'domain', eventId: 3, since: 8000 },
  DOMAIN_EVENT_CALLBACK_IO_ERROR: { name: 'DOMAIN_EVENT_CALLBACK_IO_ERROR', program: 536903814, num: 322, read: R.readDomainEventCallbackIoErrorMsg, family: 'domain', eventId: 4, since: 8000 },
  DOMAIN_EVENT_CALLBACK_GRAPHICS: { name: 'DOMAIN_EVENT_CALLBACK_GRAPHICS', program: 536903814, num: 323, read: R.readDomainEventCallbackGraphicsMsg, family: 'domain', eventId: 5, since: 8000 },
  DOMAIN_EVENT_CALLBACK_IO_ERROR_REASON: { name: 'DOMAIN_EVENT_CALLBACK_IO_ERROR_REASON', program: 536903814, num: 324, read: R.readDomainEventCallbackIoErrorReasonMsg, family: 'domain', eventId: 6, since: 8001 },
  DOMAIN_EVENT_CALLBACK_CONTROL_ERROR: { name: 'DOMAIN_EVENT_CALLBACK_CONTROL_ERROR', program: 536903814, num: 325, read: R.readDomainEventCallbackControlErrorMsg, family: 'domain', eventId: 7, since: 9002 },
  DOMAIN_EVENT_CALLBACK_BLOCK_JOB: { name: 'DOMAIN_EVENT_CALLBACK_BLOCK_JOB', program: 536903814, num: 326, read: R.readDomainEventCallbackBlockJobMsg, family: 'domain', eventId: 8, since: 9004 },
  DOMAIN_EVENT_CALLBACK_DISK_CHANGE: { name: 'DOMAIN_EVENT_CALLBACK_DISK_CHANGE', program: 536903814, num: 327, read: R.readDomainEventCallbackDiskChangeMsg, family: 'domain', eventId: 9, since: 9007 },
  DOMAIN_EVENT_CALLBACK_TRAY_CHANGE: { name: 'DOMAIN_EVENT_CALLBACK_TRAY_CHANGE', program: 536903814, num: 328, read: R.readDomainEventCallbackTrayChangeMsg, family: 'domain', eventId: 10, since: 9011 },
  DOMAIN_EVENT_CALLBACK_PMWAKEUP: { name: 'DOMAIN_EVENT_CALLBACK_PMWAKEUP', program: 536903814, num: 329, read: R.readDomainEventCallbackPmwakeupMsg, family: 'domain', eventId: 11, since: 9011 },
  DOMAIN_EVENT_CALLBACK_PMSUSPEND: { name: 'DOMAIN_EVENT_CALLBACK_PMSUSPEND', program: 536903814, num: 330, read: R.readDomainEventCallbackPmsuspendMsg, family: 'domain', eventId: 12, since: 9011 },
  DOMAIN_EVENT_CALLBACK_BALLOON_CHANGE: { name: 'DOMAIN_EVENT_CALLBACK_BALLOON_CHANGE', program: 536903814, num: 331, read: R.readDomainEventCallbackBalloonChangeMsg, family: 'domain', eventId: 13, since: 10000 },
  DOMAIN_EVENT_CALLBACK_PMSUSPEND_DISK: { name: 'DOMAIN_EVENT_CALLBACK_PMSUSPEND_DISK', program: 536903814, num: 332, read: R.readDomainEventCallbackPmsuspendDiskMsg, family: 'domain', eventId: 14, since: 1000000 },
  DOMAIN_EVENT_CALLBACK_DEVICE_REMOVED: { name: 'DOMAIN_EVENT_CALLBACK_DEVICE_REMOVED', program: 536903814, num: 333, read: R.readDomainEventCallbackDeviceRemovedMsg, family: 'domain', eventId: 15, since: 1001001 },
  DOMAIN_EVENT_BLOCK_JOB_2: { name: 'DOMAIN_EVENT_BLOCK_JOB_2', program: 536903814, num: 339, read: R.readDomainEventBlockJob2Msg, family: 'domain', eventId: 16, since: 1002006 },
  DOMAIN_EVENT_CALLBACK_TUNABLE: { name: 'DOMAIN_EVENT_CALLBACK_TUNABLE', program: 536903814, num: 346, read: R.readDomainEventCallbackTunableMsg, family: 'domain', eventId: 17, since: 1002009 },
  DOMAIN_EVENT_CALLBACK_AGENT_LIFECYCLE: { name: 'DOMAIN_EVENT_CALLBACK_AGENT_LIFECYCLE', program: 536903814, num: 348, read: R.readDomainEventCallbackAgentLifecycleMsg, family: 'domain', eventId: 18, since: 1002011 },
  DOMAIN_EVENT_CALLBACK_DEVICE_ADDED: { name: 'DOMAIN_EVENT_CALLBACK_DEVICE_ADDED', program: 536903814, num: 354, read: R.readDomainEventCallbackDeviceAddedMsg, family: 'domain', eventId: 19, since: 1002015 },
  DOMAIN_EVENT_CALLBACK_MIGRATION_ITERATION: { name: 'DOMAIN_EVENT_CALLBACK_MIGRATION_ITERATION', program: 536903814, num: 359, read: R.readDomainEventCallbackMigrationIterationMsg, family: 'domain', eventId: 20, since: 1003002 },
  CONNECT_EVENT_CONNECTION_CLOSED: { name: 'CONNECT_EVENT_CONNECTION_CLOSED', program: 536903814, num: 362, read: R.readConnectEventConnectionClosedMsg },
  DOMAIN_EVENT_CALLBACK_JOB_COMPLETED: { name: 'DOMAIN_EVENT_CALLBACK_JOB_COMPLETED', program: 536903814, num: 363, read: R.readDomainEventCallbackJobCompletedMsg, family: 'domain', eventId: 21, since: 1003003 },
  DOMAIN_EVENT_CALLBACK_DEVICE_REMOVAL_FAILED: { name: 'DOMAIN_EVENT_CALLBACK_DEVICE_REMOVAL_FAILED', program: 536903814, num: 367, read: R.readDomainEventCallbackDeviceRemovalFailedMsg, family: 'domain', eventId: 22, since: 1003004 },
  STORAGE_POOL_EVENT_LIFECYCLE: { name: 'STORAGE_POOL_EVENT_LIFECYCLE', program: 536903814, num: 370, read: R.readStoragePoolEventLifecycleMsg, family: 'storage-pool', eventId: 0, since: 2000000 },
  STORAGE_POOL_EVENT_REFRESH: { name: 'STORAGE_POOL_EVENT_REFRESH', program: 536903814, num: 373, read: R.readStoragePoolEventRefreshMsg, family: 'storage-pool', eventId: 1, since: 2000000 },
  NODE_DEVICE_EVENT_LIFECYCLE: { name: 'NODE_DEVICE_EVENT_LIFECYCLE', program: 536903814, num: 376, read: R.readNodeDeviceEventLifecycleMsg, family: 'node-device', eventId: 0, since: 2002000 },
  NODE_DEVICE_EVENT_UPDATE: { name: 'NODE_DEVICE_EVENT_UPDATE', program: 536903814, num: 377, read: R.readNodeDeviceEventUpdateMsg, family: 'node-device', eventId: 1, since: 2002000 },
  DOMAIN_EVENT_CALLBACK_METADATA_CHANGE: { name: 'DOMAIN_EVENT_CALLBACK_METADATA_CHANGE', program: 536903814, num: 379, read: R.readDomainEventCallbackMetadataChangeMsg, family: 'domain', eventId: 23, since: 3000000 },
  SECRET_EVENT_LIFECYCLE: { name: 'SECRET_EVENT_LIFECYCLE', program: 536903814, num: 382, read: R.readSecretEventLifecycleMsg, family: 'secret', eventId: 0, since: 3000000 },
  SECRET_EVENT_VALUE_CHANGED: { name: 'SECRET_EVENT_VALUE_CHANGED', program: 536903814, num: 383, read: R.readSecretEventValueChangedMsg, family: 'secret', eventId: 1, since: 3000000 },
  DOMAIN_EVENT_BLOCK_THRESHOLD: { name: 'DOMAIN_EVENT_BLOCK_THRESHOLD', program: 536903814, num: 385, read: R.readDomainEventBlockThresholdMsg, family: 'domain', eventId: 24, since: 3002000 },
  DOMAIN_EVENT_MEMORY_FAILURE: { name: 'DOMAIN_EVENT_MEMORY_FAILURE', program: 536903814, num: 423, read: R.readDomainEventMemoryFailureMsg, family: 'domain', eventId: 25, since: 6009000 },
  DOMAIN_EVENT_MEMORY_DEVICE_SIZE_CHANGE: { name: 'DOMAIN_EVENT_MEMORY_DEVICE_SIZE_CHANGE', program: 536903814, num: 438, read: R.readDomainEventMemoryDeviceSizeChangeMsg, family: 'domain', eventId: 26, since: 7009000 },
  NETWORK_EVENT_CALLBACK_METADATA_CHANGE: { name: 'NETWORK_EVENT_CALLBACK_METADATA_CHANGE', program: 536903814, num: 446, read: R.readNetworkEventCallbackMetadataChangeMsg, family: 'network', eventId: 1, since: 9008000 },
  DOMAIN_EVENT_NIC_MAC_CHANGE: { name: 'DOMAIN_EVENT_NIC_MAC_CHANGE', program: 536903814, num: 453, read: R.readDomainEventNicMacChangeMsg, family: 'domain', eventId: 27, since: 11002000 },
  DOMAIN_EVENT_VCPU_REMOVED: { name: 'DOMAIN_EVENT_VCPU_REMOVED', program: 536903814, num: 454, read: R.readDomainEventVcpuRemovedMsg, family: 'domain', eventId: 28, since: 12004000 },
  DOMAIN_EVENT_CALLBACK_CHANNEL_LIFECYCLE: { name: 'DOMAIN_EVENT_CALLBACK_CHANNEL_LIFECYCLE', program: 536903814, num: 455, read: R.readDomainEventCallbackChannelLifecycleMsg, family: 'domain', eventId: 29, since: 12004000 },
  QEMU_DOMAIN_MONITOR_EVENT: { name: 'QEMU_DOMAIN_MONITOR_EVENT', program: 536903815, num: 6, read: R.readQemuDomainMonitorEventMsg },
}
