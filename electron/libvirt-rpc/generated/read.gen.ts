// Do not edit: written by electron/libvirt-rpc/codegen/generate.ts from protocol-facts.json.
// libvirt 11.3.0 (structure), 12.8.0 API description (enumerations)

import { RpcProtocolError } from '../errors'
import type { XdrReader } from '../xdr/reader'
import type * as T from './types.gen'

export function readMessageDomain(r: XdrReader): T.MessageDomain {
  return {
    name: r.string(),
    uuid: r.uuid(),
    id: r.int(),
  }
}
export function readMessageNetwork(r: XdrReader): T.MessageNetwork {
  return {
    name: r.string(),
    uuid: r.uuid(),
  }
}
export function readMessageError(r: XdrReader): T.MessageError {
  return {
    code: r.int(),
    domain: r.int(),
    message: r.optional((r) => r.string()),
    level: r.int(),
    dom: r.optional((r) => readMessageDomain(r)),
    str1: r.optional((r) => r.string()),
    str2: r.optional((r) => r.string()),
    str3: r.optional((r) => r.string()),
    int1: r.int(),
    int2: r.int(),
    net: r.optional((r) => readMessageNetwork(r)),
  }
}
export function readMessageHole(r: XdrReader): T.MessageHole {
  return {
    length: r.hyper(),
    flags: r.uint(),
  }
}
export function readDomainHandle(r: XdrReader): T.DomainHandle {
  return {
    name: r.string(),
    uuid: r.uuid(),
    id: r.int(),
  }
}
export function readNetworkHandle(r: XdrReader): T.NetworkHandle {
  return {
    name: r.string(),
    uuid: r.uuid(),
  }
}
export function readNetworkPortHandle(r: XdrReader): T.NetworkPortHandle {
  return {
    net: readNetworkHandle(r),
    uuid: r.uuid(),
  }
}
export function readNwfilterHandle(r: XdrReader): T.NwfilterHandle {
  return {
    name: r.string(),
    uuid: r.uuid(),
  }
}
export function readNwfilterBindingHandle(r: XdrReader): T.NwfilterBindingHandle {
  return {
    portdev: r.string(),
    filtername: r.string(),
  }
}
export function readInterfaceHandle(r: XdrReader): T.InterfaceHandle {
  return {
    name: r.string(),
    mac: r.string(),
  }
}
export function readStoragePoolHandle(r: XdrReader): T.StoragePoolHandle {
  return {
    name: r.string(),
    uuid: r.uuid(),
  }
}
export function readStorageVolHandle(r: XdrReader): T.StorageVolHandle {
  return {
    pool: r.string(),
    name: r.string(),
    key: r.string(),
  }
}
export function readNodeDeviceHandle(r: XdrReader): T.NodeDeviceHandle {
  return {
    name: r.string(),
  }
}
export function readSecretHandle(r: XdrReader): T.SecretHandle {
  return {
    uuid: r.uuid(),
    usageType: r.int(),
    usageID: r.string(),
  }
}
export function readDomainCheckpointHandle(r: XdrReader): T.DomainCheckpointHandle {
  return {
    name: r.string(),
    dom: readDomainHandle(r),
  }
}
export function readDomainSnapshotHandle(r: XdrReader): T.DomainSnapshotHandle {
  return {
    name: r.string(),
    dom: readDomainHandle(r),
  }
}
export function readError(r: XdrReader): T.Error {
  return {
    code: r.int(),
    domain: r.int(),
    message: r.optional((r) => r.string()),
    level: r.int(),
    dom: r.optional((r) => readDomainHandle(r)),
    str1: r.optional((r) => r.string()),
    str2: r.optional((r) => r.string()),
    str3: r.optional((r) => r.string()),
    int1: r.int(),
    int2: r.int(),
    net: r.optional((r) => readNetworkHandle(r)),
  }
}
export function readVcpuInfo(r: XdrReader): T.VcpuInfo {
  return {
    number: r.uint(),
    state: r.int(),
    cpu_time: r.uhyper(),
    cpu: r.int(),
  }
}
export function readTypedParam(r: XdrReader): T.TypedParam {
  return {
    field: r.string(),
    value: readTypedParamValue(r),
  }
}
export function readNodeGetCpuStats(r: XdrReader): T.NodeGetCpuStats {
  return {
    field: r.string(),
    value: r.uhyper(),
  }
}
export function readNodeGetMemoryStats(r: XdrReader): T.NodeGetMemoryStats {
  return {
    field: r.string(),
    value: r.uhyper(),
  }
}
export function readDomainDiskError(r: XdrReader): T.DomainDiskError {
  return {
    disk: r.string(),
    error: r.int(),
  }
}
export function readConnectOpenArgs(r: XdrReader): T.ConnectOpenArgs {
  return {
    name: r.optional((r) => r.string()),
    flags: r.uint(),
  }
}
export function readConnectSupportsFeatureArgs(r: XdrReader): T.ConnectSupportsFeatureArgs {
  return {
    feature: r.int(),
  }
}
export function readConnectSupportsFeatureRet(r: XdrReader): T.ConnectSupportsFeatureRet {
  return {
    supported: r.int(),
  }
}
export function readConnectGetTypeRet(r: XdrReader): T.ConnectGetTypeRet {
  return {
    type: r.string(),
  }
}
export function readConnectGetVersionRet(r: XdrReader): T.ConnectGetVersionRet {
  return {
    hv_ver: r.uhyper(),
  }
}
export function readConnectGetLibVersionRet(r: XdrReader): T.ConnectGetLibVersionRet {
  return {
    lib_ver: r.uhyper(),
  }
}
export function readConnectGetHostnameRet(r: XdrReader): T.ConnectGetHostnameRet {
  return {
    hostname: r.string(),
  }
}
export function readConnectGetSysinfoArgs(r: XdrReader): T.ConnectGetSysinfoArgs {
  return {
    flags: r.uint(),
  }
}
export function readConnectGetSysinfoRet(r: XdrReader): T.ConnectGetSysinfoRet {
  return {
    sysinfo: r.string(),
  }
}
export function readConnectGetUriRet(r: XdrReader): T.ConnectGetUriRet {
  return {
    uri: r.string(),
  }
}
export function readConnectGetMaxVcpusArgs(r: XdrReader): T.ConnectGetMaxVcpusArgs {
  return {
    type: r.optional((r) => r.string()),
  }
}
export function readConnectGetMaxVcpusRet(r: XdrReader): T.ConnectGetMaxVcpusRet {
  return {
    max_vcpus: r.int(),
  }
}
export function readNodeGetInfoRet(r: XdrReader): T.NodeGetInfoRet {
  return {
    model: r.fixedChars(32),
    memory: r.uhyper(),
    cpus: r.int(),
    mhz: r.int(),
    nodes: r.int(),
    sockets: r.int(),
    cores: r.int(),
    threads: r.int(),
  }
}
export function readConnectGetCapabilitiesRet(r: XdrReader): T.ConnectGetCapabilitiesRet {
  return {
    capabilities: r.string(),
  }
}
export function readConnectGetDomainCapabilitiesArgs(r: XdrReader): T.ConnectGetDomainCapabilitiesArgs {
  return {
    emulatorbin: r.optional((r) => r.string()),
    arch: r.optional((r) => r.string()),
    machine: r.optional((r) => r.string()),
    virttype: r.optional((r) => r.string()),
    flags: r.uint(),
  }
}
export function readConnectGetDomainCapabilitiesRet(r: XdrReader): T.ConnectGetDomainCapabilitiesRet {
  return {
    capabilities: r.string(),
  }
}
export function readNodeGetCpuStatsArgs(r: XdrReader): T.NodeGetCpuStatsArgs {
  return {
    cpuNum: r.int(),
    nparams: r.int(),
    flags: r.uint(),
  }
}
export function readNodeGetCpuStatsRet(r: XdrReader): T.NodeGetCpuStatsRet {
  return {
    params: r.array(16, 12, (r) => readNodeGetCpuStats(r)),
    nparams: r.int(),
  }
}
export function readNodeGetMemoryStatsArgs(r: XdrReader): T.NodeGetMemoryStatsArgs {
  return {
    nparams: r.int(),
    cellNum: r.int(),
    flags: r.uint(),
  }
}
export function readNodeGetMemoryStatsRet(r: XdrReader): T.NodeGetMemoryStatsRet {
  return {
    params: r.array(16, 12, (r) => readNodeGetMemoryStats(r)),
    nparams: r.int(),
  }
}
export function readNodeGetCellsFreeMemoryArgs(r: XdrReader): T.NodeGetCellsFreeMemoryArgs {
  return {
    startCell: r.int(),
    maxcells: r.int(),
  }
}
export function readNodeGetCellsFreeMemoryRet(r: XdrReader): T.NodeGetCellsFreeMemoryRet {
  return {
    cells: r.array(1024, 8, (r) => r.uhyper()),
  }
}
export function readNodeGetFreeMemoryRet(r: XdrReader): T.NodeGetFreeMemoryRet {
  return {
    freeMem: r.uhyper(),
  }
}
export function readDomainGetSchedulerTypeArgs(r: XdrReader): T.DomainGetSchedulerTypeArgs {
  return {
    dom: readDomainHandle(r),
  }
}
export function readDomainGetSchedulerTypeRet(r: XdrReader): T.DomainGetSchedulerTypeRet {
  return {
    type: r.string(),
    nparams: r.int(),
  }
}
export function readDomainGetSchedulerParametersArgs(r: XdrReader): T.DomainGetSchedulerParametersArgs {
  return {
    dom: readDomainHandle(r),
    nparams: r.int(),
  }
}
export function readDomainGetSchedulerParametersRet(r: XdrReader): T.DomainGetSchedulerParametersRet {
  return {
    params: r.array(16, 12, (r) => readTypedParam(r)),
  }
}
export function readDomainGetSchedulerParametersFlagsArgs(r: XdrReader): T.DomainGetSchedulerParametersFlagsArgs {
  return {
    dom: readDomainHandle(r),
    nparams: r.int(),
    flags: r.uint(),
  }
}
export function readDomainGetSchedulerParametersFlagsRet(r: XdrReader): T.DomainGetSchedulerParametersFlagsRet {
  return {
    params: r.array(16, 12, (r) => readTypedParam(r)),
  }
}
export function readDomainSetSchedulerParametersArgs(r: XdrReader): T.DomainSetSchedulerParametersArgs {
  return {
    dom: readDomainHandle(r),
    params: r.array(16, 12, (r) => readTypedParam(r)),
  }
}
export function readDomainSetSchedulerParametersFlagsArgs(r: XdrReader): T.DomainSetSchedulerParametersFlagsArgs {
  return {
    dom: readDomainHandle(r),
    params: r.array(16, 12, (r) => readTypedParam(r)),
    flags: r.uint(),
  }
}
export function readDomainSetBlkioParametersArgs(r: XdrReader): T.DomainSetBlkioParametersArgs {
  return {
    dom: readDomainHandle(r),
    params: r.array(16, 12, (r) => readTypedParam(r)),
    flags: r.uint(),
  }
}
export function readDomainGetBlkioParametersArgs(r: XdrReader): T.DomainGetBlkioParametersArgs {
  return {
    dom: readDomainHandle(r),
    nparams: r.int(),
    flags: r.uint(),
  }
}
export function readDomainGetBlkioParametersRet(r: XdrReader): T.DomainGetBlkioParametersRet {
  return {
    params: r.array(16, 12, (r) => readTypedParam(r)),
    nparams: r.int(),
  }
}
export function readDomainSetMemoryParametersArgs(r: XdrReader): T.DomainSetMemoryParametersArgs {
  return {
    dom: readDomainHandle(r),
    params: r.array(16, 12, (r) => readTypedParam(r)),
    flags: r.uint(),
  }
}
export function readDomainGetMemoryParametersArgs(r: XdrReader): T.DomainGetMemoryParametersArgs {
  return {
    dom: readDomainHandle(r),
    nparams: r.int(),
    flags: r.uint(),
  }
}
export function readDomainGetMemoryParametersRet(r: XdrReader): T.DomainGetMemoryParametersRet {
  return {
    params: r.array(16, 12, (r) => readTypedParam(r)),
    nparams: r.int(),
  }
}
export function readDomainBlockResizeArgs(r: XdrReader): T.DomainBlockResizeArgs {
  return {
    dom: readDomainHandle(r),
    disk: r.string(),
    size: r.uhyper(),
    flags: r.uint(),
  }
}
export function readDomainSetNumaParametersArgs(r: XdrReader): T.DomainSetNumaParametersArgs {
  return {
    dom: readDomainHandle(r),
    params: r.array(16, 12, (r) => readTypedParam(r)),
    flags: r.uint(),
  }
}
export function readDomainGetNumaParametersArgs(r: XdrReader): T.DomainGetNumaParametersArgs {
  return {
    dom: readDomainHandle(r),
    nparams: r.int(),
    flags: r.uint(),
  }
}
export function readDomainGetNumaParametersRet(r: XdrReader): T.DomainGetNumaParametersRet {
  return {
    params: r.array(16, 12, (r) => readTypedParam(r)),
    nparams: r.int(),
  }
}
export function readDomainSetPerfEventsArgs(r: XdrReader): T.DomainSetPerfEventsArgs {
  return {
    dom: readDomainHandle(r),
    params: r.array(64, 12, (r) => readTypedParam(r)),
    flags: r.uint(),
  }
}
export function readDomainGetPerfEventsArgs(r: XdrReader): T.DomainGetPerfEventsArgs {
  return {
    dom: readDomainHandle(r),
    flags: r.uint(),
  }
}
export function readDomainGetPerfEventsRet(r: XdrReader): T.DomainGetPerfEventsRet {
  return {
    params: r.array(64, 12, (r) => readTypedParam(r)),
  }
}
export function readDomainBlockStatsArgs(r: XdrReader): T.DomainBlockStatsArgs {
  return {
    dom: readDomainHandle(r),
    path: r.string(),
  }
}
export function readDomainBlockStatsRet(r: XdrReader): T.DomainBlockStatsRet {
  return {
    rd_req: r.hyper(),
    rd_bytes: r.hyper(),
    wr_req: r.hyper(),
    wr_bytes: r.hyper(),
    errs: r.hyper(),
  }
}
export function readDomainBlockStatsFlagsArgs(r: XdrReader): T.DomainBlockStatsFlagsArgs {
  return {
    dom: readDomainHandle(r),
    path: r.string(),
    nparams: r.int(),
    flags: r.uint(),
  }
}
export function readDomainBlockStatsFlagsRet(r: XdrReader): T.DomainBlockStatsFlagsRet {
  return {
    params: r.array(16, 12, (r) => readTypedParam(r)),
    nparams: r.int(),
  }
}
export function readDomainInterfaceStatsArgs(r: XdrReader): T.DomainInterfaceStatsArgs {
  return {
    dom: readDomainHandle(r),
    device: r.string(),
  }
}
export function readDomainInterfaceStatsRet(r: XdrReader): T.DomainInterfaceStatsRet {
  return {
    rx_bytes: r.hyper(),
    rx_packets: r.hyper(),
    rx_errs: r.hyper(),
    rx_drop: r.hyper(),
    tx_bytes: r.hyper(),
    tx_packets: r.hyper(),
    tx_errs: r.hyper(),
    tx_drop: r.hyper(),
  }
}
export function readDomainSetInterfaceParametersArgs(r: XdrReader): T.DomainSetInterfaceParametersArgs {
  return {
    dom: readDomainHandle(r),
    device: r.string(),
    params: r.array(16, 12, (r) => readTypedParam(r)),
    flags: r.uint(),
  }
}
export function readDomainGetInterfaceParametersArgs(r: XdrReader): T.DomainGetInterfaceParametersArgs {
  return {
    dom: readDomainHandle(r),
    device: r.string(),
    nparams: r.int(),
    flags: r.uint(),
  }
}
export function readDomainGetInterfaceParametersRet(r: XdrReader): T.DomainGetInterfaceParametersRet {
  return {
    params: r.array(16, 12, (r) => readTypedParam(r)),
    nparams: r.int(),
  }
}
export function readDomainMemoryStatsArgs(r: XdrReader): T.DomainMemoryStatsArgs {
  return {
    dom: readDomainHandle(r),
    maxStats: r.uint(),
    flags: r.uint(),
  }
}
export function readDomainMemoryStat(r: XdrReader): T.DomainMemoryStat {
  return {
    tag: r.int(),
    val: r.uhyper(),
  }
}
export function readDomainMemoryStatsRet(r: XdrReader): T.DomainMemoryStatsRet {
  return {
    stats: r.array(1024, 12, (r) => readDomainMemoryStat(r)),
  }
}
export function readDomainBlockPeekArgs(r: XdrReader): T.DomainBlockPeekArgs {
  return {
    dom: readDomainHandle(r),
    path: r.string(),
    offset: r.uhyper(),
    size: r.uint(),
    flags: r.uint(),
  }
}
export function readDomainBlockPeekRet(r: XdrReader): T.DomainBlockPeekRet {
  return {
    buffer: r.opaque(4194304),
  }
}
export function readDomainMemoryPeekArgs(r: XdrReader): T.DomainMemoryPeekArgs {
  return {
    dom: readDomainHandle(r),
    offset: r.uhyper(),
    size: r.uint(),
    flags: r.uint(),
  }
}
export function readDomainMemoryPeekRet(r: XdrReader): T.DomainMemoryPeekRet {
  return {
    buffer: r.opaque(4194304),
  }
}
export function readDomainGetBlockInfoArgs(r: XdrReader): T.DomainGetBlockInfoArgs {
  return {
    dom: readDomainHandle(r),
    path: r.string(),
    flags: r.uint(),
  }
}
export function readDomainGetBlockInfoRet(r: XdrReader): T.DomainGetBlockInfoRet {
  return {
    allocation: r.uhyper(),
    capacity: r.uhyper(),
    physical: r.uhyper(),
  }
}
export function readConnectListDomainsArgs(r: XdrReader): T.ConnectListDomainsArgs {
  return {
    maxids: r.int(),
  }
}
export function readConnectListDomainsRet(r: XdrReader): T.ConnectListDomainsRet {
  return {
    ids: r.array(16384, 4, (r) => r.int()),
  }
}
export function readConnectNumOfDomainsRet(r: XdrReader): T.ConnectNumOfDomainsRet {
  return {
    num: r.int(),
  }
}
export function readDomainCreateXmlArgs(r: XdrReader): T.DomainCreateXmlArgs {
  return {
    xml_desc: r.string(),
    flags: r.uint(),
  }
}
export function readDomainCreateXmlRet(r: XdrReader): T.DomainCreateXmlRet {
  return {
    dom: readDomainHandle(r),
  }
}
export function readDomainCreateXmlWithFilesArgs(r: XdrReader): T.DomainCreateXmlWithFilesArgs {
  return {
    xml_desc: r.string(),
    flags: r.uint(),
  }
}
export function readDomainCreateXmlWithFilesRet(r: XdrReader): T.DomainCreateXmlWithFilesRet {
  return {
    dom: readDomainHandle(r),
  }
}
export function readDomainLookupByIdArgs(r: XdrReader): T.DomainLookupByIdArgs {
  return {
    id: r.int(),
  }
}
export function readDomainLookupByIdRet(r: XdrReader): T.DomainLookupByIdRet {
  return {
    dom: readDomainHandle(r),
  }
}
export function readDomainLookupByUuidArgs(r: XdrReader): T.DomainLookupByUuidArgs {
  return {
    uuid: r.uuid(),
  }
}
export function readDomainLookupByUuidRet(r: XdrReader): T.DomainLookupByUuidRet {
  return {
    dom: readDomainHandle(r),
  }
}
export function readDomainLookupByNameArgs(r: XdrReader): T.DomainLookupByNameArgs {
  return {
    name: r.string(),
  }
}
export function readDomainLookupByNameRet(r: XdrReader): T.DomainLookupByNameRet {
  return {
    dom: readDomainHandle(r),
  }
}
export function readDomainSuspendArgs(r: XdrReader): T.DomainSuspendArgs {
  return {
    dom: readDomainHandle(r),
  }
}
export function readDomainResumeArgs(r: XdrReader): T.DomainResumeArgs {
  return {
    dom: readDomainHandle(r),
  }
}
export function readDomainPmSuspendForDurationArgs(r: XdrReader): T.DomainPmSuspendForDurationArgs {
  return {
    dom: readDomainHandle(r),
    target: r.uint(),
    duration: r.uhyper(),
    flags: r.uint(),
  }
}
export function readDomainPmWakeupArgs(r: XdrReader): T.DomainPmWakeupArgs {
  return {
    dom: readDomainHandle(r),
    flags: r.uint(),
  }
}
export function readDomainShutdownArgs(r: XdrReader): T.DomainShutdownArgs {
  return {
    dom: readDomainHandle(r),
  }
}
export function readDomainRebootArgs(r: XdrReader): T.DomainRebootArgs {
  return {
    dom: readDomainHandle(r),
    flags: r.uint(),
  }
}
export function readDomainResetArgs(r: XdrReader): T.DomainResetArgs {
  return {
    dom: readDomainHandle(r),
    flags: r.uint(),
  }
}
export function readDomainDestroyArgs(r: XdrReader): T.DomainDestroyArgs {
  return {
    dom: readDomainHandle(r),
  }
}
export function readDomainDestroyFlagsArgs(r: XdrReader): T.DomainDestroyFlagsArgs {
  return {
    dom: readDomainHandle(r),
    flags: r.uint(),
  }
}
export function readDomainGetOsTypeArgs(r: XdrReader): T.DomainGetOsTypeArgs {
  return {
    dom: readDomainHandle(r),
  }
}
export function readDomainGetOsTypeRet(r: XdrReader): T.DomainGetOsTypeRet {
  return {
    type: r.string(),
  }
}
export function readDomainGetMaxMemoryArgs(r: XdrReader): T.DomainGetMaxMemoryArgs {
  return {
    dom: readDomainHandle(r),
  }
}
export function readDomainGetMaxMemoryRet(r: XdrReader): T.DomainGetMaxMemoryRet {
  return {
    memory: r.uhyper(),
  }
}
export function readDomainSetMaxMemoryArgs(r: XdrReader): T.DomainSetMaxMemoryArgs {
  return {
    dom: readDomainHandle(r),
    memory: r.uhyper(),
  }
}
export function readDomainSetMemoryArgs(r: XdrReader): T.DomainSetMemoryArgs {
  return {
    dom: readDomainHandle(r),
    memory: r.uhyper(),
  }
}
export function readDomainSetMemoryFlagsArgs(r: XdrReader): T.DomainSetMemoryFlagsArgs {
  return {
    dom: readDomainHandle(r),
    memory: r.uhyper(),
    flags: r.uint(),
  }
}
export function readDomainSetMemoryStatsPeriodArgs(r: XdrReader): T.DomainSetMemoryStatsPeriodArgs {
  return {
    dom: readDomainHandle(r),
    period: r.int(),
    flags: r.uint(),
  }
}
export function readDomainGetInfoArgs(r: XdrReader): T.DomainGetInfoArgs {
  return {
    dom: readDomainHandle(r),
  }
}
export function readDomainGetInfoRet(r: XdrReader): T.DomainGetInfoRet {
  return {
    state: r.uchar(),
    maxMem: r.uhyper(),
    memory: r.uhyper(),
    nrVirtCpu: r.ushort(),
    cpuTime: r.uhyper(),
  }
}
export function readDomainSaveArgs(r: XdrReader): T.DomainSaveArgs {
  return {
    dom: readDomainHandle(r),
    to: r.string(),
  }
}
export function readDomainSaveFlagsArgs(r: XdrReader): T.DomainSaveFlagsArgs {
  return {
    dom: readDomainHandle(r),
    to: r.string(),
    dxml: r.optional((r) => r.string()),
    flags: r.uint(),
  }
}
export function readDomainSaveParamsArgs(r: XdrReader): T.DomainSaveParamsArgs {
  return {
    dom: readDomainHandle(r),
    params: r.array(64, 12, (r) => readTypedParam(r)),
    flags: r.uint(),
  }
}
export function readDomainRestoreArgs(r: XdrReader): T.DomainRestoreArgs {
  return {
    from: r.string(),
  }
}
export function readDomainRestoreFlagsArgs(r: XdrReader): T.DomainRestoreFlagsArgs {
  return {
    from: r.string(),
    dxml: r.optional((r) => r.string()),
    flags: r.uint(),
  }
}
export function readDomainRestoreParamsArgs(r: XdrReader): T.DomainRestoreParamsArgs {
  return {
    params: r.array(64, 12, (r) => readTypedParam(r)),
    flags: r.uint(),
  }
}
export function readDomainSaveImageGetXmlDescArgs(r: XdrReader): T.DomainSaveImageGetXmlDescArgs {
  return {
    file: r.string(),
    flags: r.uint(),
  }
}
export function readDomainSaveImageGetXmlDescRet(r: XdrReader): T.DomainSaveImageGetXmlDescRet {
  return {
    xml: r.string(),
  }
}
export function readDomainSaveImageDefineXmlArgs(r: XdrReader): T.DomainSaveImageDefineXmlArgs {
  return {
    file: r.string(),
    dxml: r.string(),
    flags: r.uint(),
  }
}
export function readDomainCoreDumpArgs(r: XdrReader): T.DomainCoreDumpArgs {
  return {
    dom: readDomainHandle(r),
    to: r.string(),
    flags: r.uint(),
  }
}
export function readDomainCoreDumpWithFormatArgs(r: XdrReader): T.DomainCoreDumpWithFormatArgs {
  return {
    dom: readDomainHandle(r),
    to: r.string(),
    dumpformat: r.uint(),
    flags: r.uint(),
  }
}
export function readDomainScreenshotArgs(r: XdrReader): T.DomainScreenshotArgs {
  return {
    dom: readDomainHandle(r),
    screen: r.uint(),
    flags: r.uint(),
  }
}
export function readDomainScreenshotRet(r: XdrReader): T.DomainScreenshotRet {
  return {
    mime: r.optional((r) => r.string()),
  }
}
export function readDomainGetXmlDescArgs(r: XdrReader): T.DomainGetXmlDescArgs {
  return {
    dom: readDomainHandle(r),
    flags: r.uint(),
  }
}
export function readDomainGetXmlDescRet(r: XdrReader): T.DomainGetXmlDescRet {
  return {
    xml: r.string(),
  }
}
export function readDomainMigratePrepareArgs(r: XdrReader): T.DomainMigratePrepareArgs {
  return {
    uri_in: r.optional((r) => r.string()),
    flags: r.uhyper(),
    dname: r.optional((r) => r.string()),
    resource: r.uhyper(),
  }
}
export function readDomainMigratePrepareRet(r: XdrReader): T.DomainMigratePrepareRet {
  return {
    cookie: r.opaque(4194304),
    uri_out: r.optional((r) => r.string()),
  }
}
export function readDomainMigratePerformArgs(r: XdrReader): T.DomainMigratePerformArgs {
  return {
    dom: readDomainHandle(r),
    cookie: r.opaque(4194304),
    uri: r.string(),
    flags: r.uhyper(),
    dname: r.optional((r) => r.string()),
    resource: r.uhyper(),
  }
}
export function readDomainMigrateFinishArgs(r: XdrReader): T.DomainMigrateFinishArgs {
  return {
    dname: r.string(),
    cookie: r.opaque(4194304),
    uri: r.string(),
    flags: r.uhyper(),
  }
}
export function readDomainMigrateFinishRet(r: XdrReader): T.DomainMigrateFinishRet {
  return {
    ddom: readDomainHandle(r),
  }
}
export function readDomainMigratePrepare2Args(r: XdrReader): T.DomainMigratePrepare2Args {
  return {
    uri_in: r.optional((r) => r.string()),
    flags: r.uhyper(),
    dname: r.optional((r) => r.string()),
    resource: r.uhyper(),
    dom_xml: r.string(),
  }
}
export function readDomainMigratePrepare2Ret(r: XdrReader): T.DomainMigratePrepare2Ret {
  return {
    cookie: r.opaque(4194304),
    uri_out: r.optional((r) => r.string()),
  }
}
export function readDomainMigrateFinish2Args(r: XdrReader): T.DomainMigrateFinish2Args {
  return {
    dname: r.string(),
    cookie: r.opaque(4194304),
    uri: r.string(),
    flags: r.uhyper(),
    retcode: r.int(),
  }
}
export function readDomainMigrateFinish2Ret(r: XdrReader): T.DomainMigrateFinish2Ret {
  return {
    ddom: readDomainHandle(r),
  }
}
export function readConnectListDefinedDomainsArgs(r: XdrReader): T.ConnectListDefinedDomainsArgs {
  return {
    maxnames: r.int(),
  }
}
export function readConnectListDefinedDomainsRet(r: XdrReader): T.ConnectListDefinedDomainsRet {
  return {
    names: r.array(16384, 4, (r) => r.string()),
  }
}
export function readConnectNumOfDefinedDomainsRet(r: XdrReader): T.ConnectNumOfDefinedDomainsRet {
  return {
    num: r.int(),
  }
}
export function readDomainCreateArgs(r: XdrReader): T.DomainCreateArgs {
  return {
    dom: readDomainHandle(r),
  }
}
export function readDomainCreateWithFlagsArgs(r: XdrReader): T.DomainCreateWithFlagsArgs {
  return {
    dom: readDomainHandle(r),
    flags: r.uint(),
  }
}
export function readDomainCreateWithFlagsRet(r: XdrReader): T.DomainCreateWithFlagsRet {
  return {
    dom: readDomainHandle(r),
  }
}
export function readDomainCreateWithFilesArgs(r: XdrReader): T.DomainCreateWithFilesArgs {
  return {
    dom: readDomainHandle(r),
    flags: r.uint(),
  }
}
export function readDomainCreateWithFilesRet(r: XdrReader): T.DomainCreateWithFilesRet {
  return {
    dom: readDomainHandle(r),
  }
}
export function readDomainDefineXmlArgs(r: XdrReader): T.DomainDefineXmlArgs {
  return {
    xml: r.string(),
  }
}
export function readDomainDefineXmlRet(r: XdrReader): T.DomainDefineXmlRet {
  return {
    dom: readDomainHandle(r),
  }
}
export function readDomainDefineXmlFlagsArgs(r: XdrReader): T.DomainDefineXmlFlagsArgs {
  return {
    xml: r.string(),
    flags: r.uint(),
  }
}
export function readDomainDefineXmlFlagsRet(r: XdrReader): T.DomainDefineXmlFlagsRet {
  return {
    dom: readDomainHandle(r),
  }
}
export function readDomainUndefineArgs(r: XdrReader): T.DomainUndefineArgs {
  return {
    dom: readDomainHandle(r),
  }
}
export function readDomainUndefineFlagsArgs(r: XdrReader): T.DomainUndefineFlagsArgs {
  return {
    dom: readDomainHandle(r),
    flags: r.uint(),
  }
}
export function readDomainInjectNmiArgs(r: XdrReader): T.DomainInjectNmiArgs {
  return {
    dom: readDomainHandle(r),
    flags: r.uint(),
  }
}
export function readDomainSendKeyArgs(r: XdrReader): T.DomainSendKeyArgs {
  return {
    dom: readDomainHandle(r),
    codeset: r.uint(),
    holdtime: r.uint(),
    keycodes: r.array(16, 4, (r) => r.uint()),
    flags: r.uint(),
  }
}
export function readDomainSendProcessSignalArgs(r: XdrReader): T.DomainSendProcessSignalArgs {
  return {
    dom: readDomainHandle(r),
    pid_value: r.hyper(),
    signum: r.uint(),
    flags: r.uint(),
  }
}
export function readDomainSetVcpusArgs(r: XdrReader): T.DomainSetVcpusArgs {
  return {
    dom: readDomainHandle(r),
    nvcpus: r.uint(),
  }
}
export function readDomainSetVcpusFlagsArgs(r: XdrReader): T.DomainSetVcpusFlagsArgs {
  return {
    dom: readDomainHandle(r),
    nvcpus: r.uint(),
    flags: r.uint(),
  }
}
export function readDomainGetVcpusFlagsArgs(r: XdrReader): T.DomainGetVcpusFlagsArgs {
  return {
    dom: readDomainHandle(r),
    flags: r.uint(),
  }
}
export function readDomainGetVcpusFlagsRet(r: XdrReader): T.DomainGetVcpusFlagsRet {
  return {
    num: r.int(),
  }
}
export function readDomainPinVcpuArgs(r: XdrReader): T.DomainPinVcpuArgs {
  return {
    dom: readDomainHandle(r),
    vcpu: r.uint(),
    cpumap: r.opaque(2048),
  }
}
export function readDomainPinVcpuFlagsArgs(r: XdrReader): T.DomainPinVcpuFlagsArgs {
  return {
    dom: readDomainHandle(r),
    vcpu: r.uint(),
    cpumap: r.opaque(2048),
    flags: r.uint(),
  }
}
export function readDomainGetVcpuPinInfoArgs(r: XdrReader): T.DomainGetVcpuPinInfoArgs {
  return {
    dom: readDomainHandle(r),
    ncpumaps: r.int(),
    maplen: r.int(),
    flags: r.uint(),
  }
}
export function readDomainGetVcpuPinInfoRet(r: XdrReader): T.DomainGetVcpuPinInfoRet {
  return {
    cpumaps: r.opaque(8388608),
    num: r.int(),
  }
}
export function readDomainPinEmulatorArgs(r: XdrReader): T.DomainPinEmulatorArgs {
  return {
    dom: readDomainHandle(r),
    cpumap: r.opaque(2048),
    flags: r.uint(),
  }
}
export function readDomainGetEmulatorPinInfoArgs(r: XdrReader): T.DomainGetEmulatorPinInfoArgs {
  return {
    dom: readDomainHandle(r),
    maplen: r.int(),
    flags: r.uint(),
  }
}
export function readDomainGetEmulatorPinInfoRet(r: XdrReader): T.DomainGetEmulatorPinInfoRet {
  return {
    cpumaps: r.opaque(8388608),
    ret: r.int(),
  }
}
export function readDomainGetVcpusArgs(r: XdrReader): T.DomainGetVcpusArgs {
  return {
    dom: readDomainHandle(r),
    maxinfo: r.int(),
    maplen: r.int(),
  }
}
export function readDomainGetVcpusRet(r: XdrReader): T.DomainGetVcpusRet {
  return {
    info: r.array(16384, 20, (r) => readVcpuInfo(r)),
    cpumaps: r.opaque(8388608),
  }
}
export function readDomainGetMaxVcpusArgs(r: XdrReader): T.DomainGetMaxVcpusArgs {
  return {
    dom: readDomainHandle(r),
  }
}
export function readDomainGetMaxVcpusRet(r: XdrReader): T.DomainGetMaxVcpusRet {
  return {
    num: r.int(),
  }
}
export function readDomainIothreadInfo(r: XdrReader): T.DomainIothreadInfo {
  return {
    iothread_id: r.uint(),
    cpumap: r.opaque(2048),
  }
}
export function readDomainGetIothreadInfoArgs(r: XdrReader): T.DomainGetIothreadInfoArgs {
  return {
    dom: readDomainHandle(r),
    flags: r.uint(),
  }
}
export function readDomainGetIothreadInfoRet(r: XdrReader): T.DomainGetIothreadInfoRet {
  return {
    info: r.array(16384, 8, (r) => readDomainIothreadInfo(r)),
    ret: r.uint(),
  }
}
export function readDomainPinIothreadArgs(r: XdrReader): T.DomainPinIothreadArgs {
  return {
    dom: readDomainHandle(r),
    iothreads_id: r.uint(),
    cpumap: r.opaque(2048),
    flags: r.uint(),
  }
}
export function readDomainAddIothreadArgs(r: XdrReader): T.DomainAddIothreadArgs {
  return {
    dom: readDomainHandle(r),
    iothread_id: r.uint(),
    flags: r.uint(),
  }
}
export function readDomainDelIothreadArgs(r: XdrReader): T.DomainDelIothreadArgs {
  return {
    dom: readDomainHandle(r),
    iothread_id: r.uint(),
    flags: r.uint(),
  }
}
export function readDomainSetIothreadParamsArgs(r: XdrReader): T.DomainSetIothreadParamsArgs {
  return {
    dom: readDomainHandle(r),
    iothread_id: r.uint(),
    params: r.array(64, 12, (r) => readTypedParam(r)),
    flags: r.uint(),
  }
}
export function readDomainGetSecurityLabelArgs(r: XdrReader): T.DomainGetSecurityLabelArgs {
  return {
    dom: readDomainHandle(r),
  }
}
export function readDomainGetSecurityLabelRet(r: XdrReader): T.DomainGetSecurityLabelRet {
  return {
    label: r.chars(4097),
    enforcing: r.int(),
  }
}
export function readDomainGetSecurityLabelListArgs(r: XdrReader): T.DomainGetSecurityLabelListArgs {
  return {
    dom: readDomainHandle(r),
  }
}
export function readDomainGetSecurityLabelListRet(r: XdrReader): T.DomainGetSecurityLabelListRet {
  return {
    labels: r.array(64, 8, (r) => readDomainGetSecurityLabelRet(r)),
    ret: r.int(),
  }
}
export function readNodeGetSecurityModelRet(r: XdrReader): T.NodeGetSecurityModelRet {
  return {
    model: r.chars(257),
    doi: r.chars(257),
  }
}
export function readDomainAttachDeviceArgs(r: XdrReader): T.DomainAttachDeviceArgs {
  return {
    dom: readDomainHandle(r),
    xml: r.string(),
  }
}
export function readDomainAttachDeviceFlagsArgs(r: XdrReader): T.DomainAttachDeviceFlagsArgs {
  return {
    dom: readDomainHandle(r),
    xml: r.string(),
    flags: r.uint(),
  }
}
export function readDomainDetachDeviceArgs(r: XdrReader): T.DomainDetachDeviceArgs {
  return {
    dom: readDomainHandle(r),
    xml: r.string(),
  }
}
export function readDomainDetachDeviceFlagsArgs(r: XdrReader): T.DomainDetachDeviceFlagsArgs {
  return {
    dom: readDomainHandle(r),
    xml: r.string(),
    flags: r.uint(),
  }
}
export function readDomainUpdateDeviceFlagsArgs(r: XdrReader): T.DomainUpdateDeviceFlagsArgs {
  return {
    dom: readDomainHandle(r),
    xml: r.string(),
    flags: r.uint(),
  }
}
export function readDomainDetachDeviceAliasArgs(r: XdrReader): T.DomainDetachDeviceAliasArgs {
  return {
    dom: readDomainHandle(r),
    alias: r.string(),
    flags: r.uint(),
  }
}
export function readDomainGetAutostartArgs(r: XdrReader): T.DomainGetAutostartArgs {
  return {
    dom: readDomainHandle(r),
  }
}
export function readDomainGetAutostartRet(r: XdrReader): T.DomainGetAutostartRet {
  return {
    autostart: r.int(),
  }
}
export function readDomainSetAutostartArgs(r: XdrReader): T.DomainSetAutostartArgs {
  return {
    dom: readDomainHandle(r),
    autostart: r.int(),
  }
}
export function readDomainSetMetadataArgs(r: XdrReader): T.DomainSetMetadataArgs {
  return {
    dom: readDomainHandle(r),
    type: r.int(),
    metadata: r.optional((r) => r.string()),
    key: r.optional((r) => r.string()),
    uri: r.optional((r) => r.string()),
    flags: r.uint(),
  }
}
export function readDomainGetMetadataArgs(r: XdrReader): T.DomainGetMetadataArgs {
  return {
    dom: readDomainHandle(r),
    type: r.int(),
    uri: r.optional((r) => r.string()),
    flags: r.uint(),
  }
}
export function readDomainGetMetadataRet(r: XdrReader): T.DomainGetMetadataRet {
  return {
    metadata: r.string(),
  }
}
export function readDomainBlockJobAbortArgs(r: XdrReader): T.DomainBlockJobAbortArgs {
  return {
    dom: readDomainHandle(r),
    path: r.string(),
    flags: r.uint(),
  }
}
export function readDomainGetBlockJobInfoArgs(r: XdrReader): T.DomainGetBlockJobInfoArgs {
  return {
    dom: readDomainHandle(r),
    path: r.string(),
    flags: r.uint(),
  }
}
export function readDomainGetBlockJobInfoRet(r: XdrReader): T.DomainGetBlockJobInfoRet {
  return {
    found: r.int(),
    type: r.int(),
    bandwidth: r.uhyper(),
    cur: r.uhyper(),
    end: r.uhyper(),
  }
}
export function readDomainBlockJobSetSpeedArgs(r: XdrReader): T.DomainBlockJobSetSpeedArgs {
  return {
    dom: readDomainHandle(r),
    path: r.string(),
    bandwidth: r.uhyper(),
    flags: r.uint(),
  }
}
export function readDomainBlockPullArgs(r: XdrReader): T.DomainBlockPullArgs {
  return {
    dom: readDomainHandle(r),
    path: r.string(),
    bandwidth: r.uhyper(),
    flags: r.uint(),
  }
}
export function readDomainBlockRebaseArgs(r: XdrReader): T.DomainBlockRebaseArgs {
  return {
    dom: readDomainHandle(r),
    path: r.string(),
    base: r.optional((r) => r.string()),
    bandwidth: r.uhyper(),
    flags: r.uint(),
  }
}
export function readDomainBlockCopyArgs(r: XdrReader): T.DomainBlockCopyArgs {
  return {
    dom: readDomainHandle(r),
    path: r.string(),
    destxml: r.string(),
    params: r.array(16, 12, (r) => readTypedParam(r)),
    flags: r.uint(),
  }
}
export function readDomainBlockCommitArgs(r: XdrReader): T.DomainBlockCommitArgs {
  return {
    dom: readDomainHandle(r),
    disk: r.string(),
    base: r.optional((r) => r.string()),
    top: r.optional((r) => r.string()),
    bandwidth: r.uhyper(),
    flags: r.uint(),
  }
}
export function readDomainSetBlockIoTuneArgs(r: XdrReader): T.DomainSetBlockIoTuneArgs {
  return {
    dom: readDomainHandle(r),
    disk: r.string(),
    params: r.array(32, 12, (r) => readTypedParam(r)),
    flags: r.uint(),
  }
}
export function readDomainGetBlockIoTuneArgs(r: XdrReader): T.DomainGetBlockIoTuneArgs {
  return {
    dom: readDomainHandle(r),
    disk: r.optional((r) => r.string()),
    nparams: r.int(),
    flags: r.uint(),
  }
}
export function readDomainGetBlockIoTuneRet(r: XdrReader): T.DomainGetBlockIoTuneRet {
  return {
    params: r.array(32, 12, (r) => readTypedParam(r)),
    nparams: r.int(),
  }
}
export function readDomainSetThrottleGroupArgs(r: XdrReader): T.DomainSetThrottleGroupArgs {
  return {
    dom: readDomainHandle(r),
    group: r.string(),
    params: r.array(32, 12, (r) => readTypedParam(r)),
    flags: r.uint(),
  }
}
export function readDomainDelThrottleGroupArgs(r: XdrReader): T.DomainDelThrottleGroupArgs {
  return {
    dom: readDomainHandle(r),
    group: r.optional((r) => r.string()),
    flags: r.uint(),
  }
}
export function readDomainGetCpuStatsArgs(r: XdrReader): T.DomainGetCpuStatsArgs {
  return {
    dom: readDomainHandle(r),
    nparams: r.uint(),
    start_cpu: r.int(),
    ncpus: r.uint(),
    flags: r.uint(),
  }
}
export function readDomainGetCpuStatsRet(r: XdrReader): T.DomainGetCpuStatsRet {
  return {
    params: r.array(2048, 12, (r) => readTypedParam(r)),
    nparams: r.int(),
  }
}
export function readDomainGetHostnameArgs(r: XdrReader): T.DomainGetHostnameArgs {
  return {
    dom: readDomainHandle(r),
    flags: r.uint(),
  }
}
export function readDomainGetHostnameRet(r: XdrReader): T.DomainGetHostnameRet {
  return {
    hostname: r.string(),
  }
}
export function readConnectNumOfNetworksRet(r: XdrReader): T.ConnectNumOfNetworksRet {
  return {
    num: r.int(),
  }
}
export function readConnectListNetworksArgs(r: XdrReader): T.ConnectListNetworksArgs {
  return {
    maxnames: r.int(),
  }
}
export function readConnectListNetworksRet(r: XdrReader): T.ConnectListNetworksRet {
  return {
    names: r.array(16384, 4, (r) => r.string()),
  }
}
export function readConnectNumOfDefinedNetworksRet(r: XdrReader): T.ConnectNumOfDefinedNetworksRet {
  return {
    num: r.int(),
  }
}
export function readConnectListDefinedNetworksArgs(r: XdrReader): T.ConnectListDefinedNetworksArgs {
  return {
    maxnames: r.int(),
  }
}
export function readConnectListDefinedNetworksRet(r: XdrReader): T.ConnectListDefinedNetworksRet {
  return {
    names: r.array(16384, 4, (r) => r.string()),
  }
}
export function readNetworkLookupByUuidArgs(r: XdrReader): T.NetworkLookupByUuidArgs {
  return {
    uuid: r.uuid(),
  }
}
export function readNetworkLookupByUuidRet(r: XdrReader): T.NetworkLookupByUuidRet {
  return {
    net: readNetworkHandle(r),
  }
}
export function readNetworkLookupByNameArgs(r: XdrReader): T.NetworkLookupByNameArgs {
  return {
    name: r.string(),
  }
}
export function readNetworkLookupByNameRet(r: XdrReader): T.NetworkLookupByNameRet {
  return {
    net: readNetworkHandle(r),
  }
}
export function readNetworkCreateXmlArgs(r: XdrReader): T.NetworkCreateXmlArgs {
  return {
    xml: r.string(),
  }
}
export function readNetworkCreateXmlRet(r: XdrReader): T.NetworkCreateXmlRet {
  return {
    net: readNetworkHandle(r),
  }
}
export function readNetworkCreateXmlFlagsArgs(r: XdrReader): T.NetworkCreateXmlFlagsArgs {
  return {
    xml: r.string(),
    flags: r.uint(),
  }
}
export function readNetworkCreateXmlFlagsRet(r: XdrReader): T.NetworkCreateXmlFlagsRet {
  return {
    net: readNetworkHandle(r),
  }
}
export function readNetworkDefineXmlArgs(r: XdrReader): T.NetworkDefineXmlArgs {
  return {
    xml: r.string(),
  }
}
export function readNetworkDefineXmlRet(r: XdrReader): T.NetworkDefineXmlRet {
  return {
    net: readNetworkHandle(r),
  }
}
export function readNetworkDefineXmlFlagsArgs(r: XdrReader): T.NetworkDefineXmlFlagsArgs {
  return {
    xml: r.string(),
    flags: r.uint(),
  }
}
export function readNetworkDefineXmlFlagsRet(r: XdrReader): T.NetworkDefineXmlFlagsRet {
  return {
    net: readNetworkHandle(r),
  }
}
export function readNetworkUndefineArgs(r: XdrReader): T.NetworkUndefineArgs {
  return {
    net: readNetworkHandle(r),
  }
}
export function readNetworkUpdateArgs(r: XdrReader): T.NetworkUpdateArgs {
  return {
    net: readNetworkHandle(r),
    command: r.uint(),
    section: r.uint(),
    parentIndex: r.int(),
    xml: r.string(),
    flags: r.uint(),
  }
}
export function readNetworkCreateArgs(r: XdrReader): T.NetworkCreateArgs {
  return {
    net: readNetworkHandle(r),
  }
}
export function readNetworkDestroyArgs(r: XdrReader): T.NetworkDestroyArgs {
  return {
    net: readNetworkHandle(r),
  }
}
export function readNetworkGetXmlDescArgs(r: XdrReader): T.NetworkGetXmlDescArgs {
  return {
    net: readNetworkHandle(r),
    flags: r.uint(),
  }
}
export function readNetworkGetXmlDescRet(r: XdrReader): T.NetworkGetXmlDescRet {
  return {
    xml: r.string(),
  }
}
export function readNetworkGetBridgeNameArgs(r: XdrReader): T.NetworkGetBridgeNameArgs {
  return {
    net: readNetworkHandle(r),
  }
}
export function readNetworkGetBridgeNameRet(r: XdrReader): T.NetworkGetBridgeNameRet {
  return {
    name: r.string(),
  }
}
export function readNetworkGetAutostartArgs(r: XdrReader): T.NetworkGetAutostartArgs {
  return {
    net: readNetworkHandle(r),
  }
}
export function readNetworkGetAutostartRet(r: XdrReader): T.NetworkGetAutostartRet {
  return {
    autostart: r.int(),
  }
}
export function readNetworkSetAutostartArgs(r: XdrReader): T.NetworkSetAutostartArgs {
  return {
    net: readNetworkHandle(r),
    autostart: r.int(),
  }
}
export function readConnectNumOfNwfiltersRet(r: XdrReader): T.ConnectNumOfNwfiltersRet {
  return {
    num: r.int(),
  }
}
export function readConnectListNwfiltersArgs(r: XdrReader): T.ConnectListNwfiltersArgs {
  return {
    maxnames: r.int(),
  }
}
export function readConnectListNwfiltersRet(r: XdrReader): T.ConnectListNwfiltersRet {
  return {
    names: r.array(16384, 4, (r) => r.string()),
  }
}
export function readNwfilterLookupByUuidArgs(r: XdrReader): T.NwfilterLookupByUuidArgs {
  return {
    uuid: r.uuid(),
  }
}
export function readNwfilterLookupByUuidRet(r: XdrReader): T.NwfilterLookupByUuidRet {
  return {
    nwfilter: readNwfilterHandle(r),
  }
}
export function readNwfilterLookupByNameArgs(r: XdrReader): T.NwfilterLookupByNameArgs {
  return {
    name: r.string(),
  }
}
export function readNwfilterLookupByNameRet(r: XdrReader): T.NwfilterLookupByNameRet {
  return {
    nwfilter: readNwfilterHandle(r),
  }
}
export function readNwfilterDefineXmlArgs(r: XdrReader): T.NwfilterDefineXmlArgs {
  return {
    xml: r.string(),
  }
}
export function readNwfilterDefineXmlRet(r: XdrReader): T.NwfilterDefineXmlRet {
  return {
    nwfilter: readNwfilterHandle(r),
  }
}
export function readNwfilterDefineXmlFlagsArgs(r: XdrReader): T.NwfilterDefineXmlFlagsArgs {
  return {
    xml: r.string(),
    flags: r.uint(),
  }
}
export function readNwfilterDefineXmlFlagsRet(r: XdrReader): T.NwfilterDefineXmlFlagsRet {
  return {
    nwfilter: readNwfilterHandle(r),
  }
}
export function readNwfilterUndefineArgs(r: XdrReader): T.NwfilterUndefineArgs {
  return {
    nwfilter: readNwfilterHandle(r),
  }
}
export function readNwfilterGetXmlDescArgs(r: XdrReader): T.NwfilterGetXmlDescArgs {
  return {
    nwfilter: readNwfilterHandle(r),
    flags: r.uint(),
  }
}
export function readNwfilterGetXmlDescRet(r: XdrReader): T.NwfilterGetXmlDescRet {
  return {
    xml: r.string(),
  }
}
export function readConnectNumOfInterfacesRet(r: XdrReader): T.ConnectNumOfInterfacesRet {
  return {
    num: r.int(),
  }
}
export function readConnectListInterfacesArgs(r: XdrReader): T.ConnectListInterfacesArgs {
  return {
    maxnames: r.int(),
  }
}
export function readConnectListInterfacesRet(r: XdrReader): T.ConnectListInterfacesRet {
  return {
    names: r.array(16384, 4, (r) => r.string()),
  }
}
export function readConnectNumOfDefinedInterfacesRet(r: XdrReader): T.ConnectNumOfDefinedInterfacesRet {
  return {
    num: r.int(),
  }
}
export function readConnectListDefinedInterfacesArgs(r: XdrReader): T.ConnectListDefinedInterfacesArgs {
  return {
    maxnames: r.int(),
  }
}
export function readConnectListDefinedInterfacesRet(r: XdrReader): T.ConnectListDefinedInterfacesRet {
  return {
    names: r.array(16384, 4, (r) => r.string()),
  }
}
export function readInterfaceLookupByNameArgs(r: XdrReader): T.InterfaceLookupByNameArgs {
  return {
    name: r.string(),
  }
}
export function readInterfaceLookupByNameRet(r: XdrReader): T.InterfaceLookupByNameRet {
  return {
    iface: readInterfaceHandle(r),
  }
}
export function readInterfaceLookupByMacStringArgs(r: XdrReader): T.InterfaceLookupByMacStringArgs {
  return {
    mac: r.string(),
  }
}
export function readInterfaceLookupByMacStringRet(r: XdrReader): T.InterfaceLookupByMacStringRet {
  return {
    iface: readInterfaceHandle(r),
  }
}
export function readInterfaceGetXmlDescArgs(r: XdrReader): T.InterfaceGetXmlDescArgs {
  return {
    iface: readInterfaceHandle(r),
    flags: r.uint(),
  }
}
export function readInterfaceGetXmlDescRet(r: XdrReader): T.InterfaceGetXmlDescRet {
  return {
    xml: r.string(),
  }
}
export function readInterfaceDefineXmlArgs(r: XdrReader): T.InterfaceDefineXmlArgs {
  return {
    xml: r.string(),
    flags: r.uint(),
  }
}
export function readInterfaceDefineXmlRet(r: XdrReader): T.InterfaceDefineXmlRet {
  return {
    iface: readInterfaceHandle(r),
  }
}
export function readInterfaceUndefineArgs(r: XdrReader): T.InterfaceUndefineArgs {
  return {
    iface: readInterfaceHandle(r),
  }
}
export function readInterfaceCreateArgs(r: XdrReader): T.InterfaceCreateArgs {
  return {
    iface: readInterfaceHandle(r),
    flags: r.uint(),
  }
}
export function readInterfaceDestroyArgs(r: XdrReader): T.InterfaceDestroyArgs {
  return {
    iface: readInterfaceHandle(r),
    flags: r.uint(),
  }
}
export function readInterfaceChangeBeginArgs(r: XdrReader): T.InterfaceChangeBeginArgs {
  return {
    flags: r.uint(),
  }
}
export function readInterfaceChangeCommitArgs(r: XdrReader): T.InterfaceChangeCommitArgs {
  return {
    flags: r.uint(),
  }
}
export function readInterfaceChangeRollbackArgs(r: XdrReader): T.InterfaceChangeRollbackArgs {
  return {
    flags: r.uint(),
  }
}
export function readAuthListRet(r: XdrReader): T.AuthListRet {
  return {
    types: r.array(20, 4, (r) => r.int()),
  }
}
export function readAuthSaslInitRet(r: XdrReader): T.AuthSaslInitRet {
  return {
    mechlist: r.string(),
  }
}
export function readAuthSaslStartArgs(r: XdrReader): T.AuthSaslStartArgs {
  return {
    mech: r.string(),
    nil: r.int(),
    data: r.chars(65536),
  }
}
export function readAuthSaslStartRet(r: XdrReader): T.AuthSaslStartRet {
  return {
    complete: r.int(),
    nil: r.int(),
    data: r.chars(65536),
  }
}
export function readAuthSaslStepArgs(r: XdrReader): T.AuthSaslStepArgs {
  return {
    nil: r.int(),
    data: r.chars(65536),
  }
}
export function readAuthSaslStepRet(r: XdrReader): T.AuthSaslStepRet {
  return {
    complete: r.int(),
    nil: r.int(),
    data: r.chars(65536),
  }
}
export function readAuthPolkitRet(r: XdrReader): T.AuthPolkitRet {
  return {
    complete: r.int(),
  }
}
export function readConnectNumOfStoragePoolsRet(r: XdrReader): T.ConnectNumOfStoragePoolsRet {
  return {
    num: r.int(),
  }
}
export function readConnectListStoragePoolsArgs(r: XdrReader): T.ConnectListStoragePoolsArgs {
  return {
    maxnames: r.int(),
  }
}
export function readConnectListStoragePoolsRet(r: XdrReader): T.ConnectListStoragePoolsRet {
  return {
    names: r.array(16384, 4, (r) => r.string()),
  }
}
export function readConnectNumOfDefinedStoragePoolsRet(r: XdrReader): T.ConnectNumOfDefinedStoragePoolsRet {
  return {
    num: r.int(),
  }
}
export function readConnectListDefinedStoragePoolsArgs(r: XdrReader): T.ConnectListDefinedStoragePoolsArgs {
  return {
    maxnames: r.int(),
  }
}
export function readConnectListDefinedStoragePoolsRet(r: XdrReader): T.ConnectListDefinedStoragePoolsRet {
  return {
    names: r.array(16384, 4, (r) => r.string()),
  }
}
export function readConnectFindStoragePoolSourcesArgs(r: XdrReader): T.ConnectFindStoragePoolSourcesArgs {
  return {
    type: r.string(),
    srcSpec: r.optional((r) => r.string()),
    flags: r.uint(),
  }
}
export function readConnectFindStoragePoolSourcesRet(r: XdrReader): T.ConnectFindStoragePoolSourcesRet {
  return {
    xml: r.string(),
  }
}
export function readStoragePoolLookupByUuidArgs(r: XdrReader): T.StoragePoolLookupByUuidArgs {
  return {
    uuid: r.uuid(),
  }
}
export function readStoragePoolLookupByUuidRet(r: XdrReader): T.StoragePoolLookupByUuidRet {
  return {
    pool: readStoragePoolHandle(r),
  }
}
export function readStoragePoolLookupByNameArgs(r: XdrReader): T.StoragePoolLookupByNameArgs {
  return {
    name: r.string(),
  }
}
export function readStoragePoolLookupByNameRet(r: XdrReader): T.StoragePoolLookupByNameRet {
  return {
    pool: readStoragePoolHandle(r),
  }
}
export function readStoragePoolLookupByVolumeArgs(r: XdrReader): T.StoragePoolLookupByVolumeArgs {
  return {
    vol: readStorageVolHandle(r),
  }
}
export function readStoragePoolLookupByVolumeRet(r: XdrReader): T.StoragePoolLookupByVolumeRet {
  return {
    pool: readStoragePoolHandle(r),
  }
}
export function readStoragePoolLookupByTargetPathArgs(r: XdrReader): T.StoragePoolLookupByTargetPathArgs {
  return {
    path: r.string(),
  }
}
export function readStoragePoolLookupByTargetPathRet(r: XdrReader): T.StoragePoolLookupByTargetPathRet {
  return {
    pool: readStoragePoolHandle(r),
  }
}
export function readStoragePoolCreateXmlArgs(r: XdrReader): T.StoragePoolCreateXmlArgs {
  return {
    xml: r.string(),
    flags: r.uint(),
  }
}
export function readStoragePoolCreateXmlRet(r: XdrReader): T.StoragePoolCreateXmlRet {
  return {
    pool: readStoragePoolHandle(r),
  }
}
export function readStoragePoolDefineXmlArgs(r: XdrReader): T.StoragePoolDefineXmlArgs {
  return {
    xml: r.string(),
    flags: r.uint(),
  }
}
export function readStoragePoolDefineXmlRet(r: XdrReader): T.StoragePoolDefineXmlRet {
  return {
    pool: readStoragePoolHandle(r),
  }
}
export function readStoragePoolBuildArgs(r: XdrReader): T.StoragePoolBuildArgs {
  return {
    pool: readStoragePoolHandle(r),
    flags: r.uint(),
  }
}
export function readStoragePoolUndefineArgs(r: XdrReader): T.StoragePoolUndefineArgs {
  return {
    pool: readStoragePoolHandle(r),
  }
}
export function readStoragePoolCreateArgs(r: XdrReader): T.StoragePoolCreateArgs {
  return {
    pool: readStoragePoolHandle(r),
    flags: r.uint(),
  }
}
export function readStoragePoolDestroyArgs(r: XdrReader): T.StoragePoolDestroyArgs {
  return {
    pool: readStoragePoolHandle(r),
  }
}
export function readStoragePoolDeleteArgs(r: XdrReader): T.StoragePoolDeleteArgs {
  return {
    pool: readStoragePoolHandle(r),
    flags: r.uint(),
  }
}
export function readStoragePoolRefreshArgs(r: XdrReader): T.StoragePoolRefreshArgs {
  return {
    pool: readStoragePoolHandle(r),
    flags: r.uint(),
  }
}
export function readStoragePoolGetXmlDescArgs(r: XdrReader): T.StoragePoolGetXmlDescArgs {
  return {
    pool: readStoragePoolHandle(r),
    flags: r.uint(),
  }
}
export function readStoragePoolGetXmlDescRet(r: XdrReader): T.StoragePoolGetXmlDescRet {
  return {
    xml: r.string(),
  }
}
export function readStoragePoolGetInfoArgs(r: XdrReader): T.StoragePoolGetInfoArgs {
  return {
    pool: readStoragePoolHandle(r),
  }
}
export function readStoragePoolGetInfoRet(r: XdrReader): T.StoragePoolGetInfoRet {
  return {
    state: r.uchar(),
    capacity: r.uhyper(),
    allocation: r.uhyper(),
    available: r.uhyper(),
  }
}
export function readStoragePoolGetAutostartArgs(r: XdrReader): T.StoragePoolGetAutostartArgs {
  return {
    pool: readStoragePoolHandle(r),
  }
}
export function readStoragePoolGetAutostartRet(r: XdrReader): T.StoragePoolGetAutostartRet {
  return {
    autostart: r.int(),
  }
}
export function readStoragePoolSetAutostartArgs(r: XdrReader): T.StoragePoolSetAutostartArgs {
  return {
    pool: readStoragePoolHandle(r),
    autostart: r.int(),
  }
}
export function readStoragePoolNumOfVolumesArgs(r: XdrReader): T.StoragePoolNumOfVolumesArgs {
  return {
    pool: readStoragePoolHandle(r),
  }
}
export function readStoragePoolNumOfVolumesRet(r: XdrReader): T.StoragePoolNumOfVolumesRet {
  return {
    num: r.int(),
  }
}
export function readStoragePoolListVolumesArgs(r: XdrReader): T.StoragePoolListVolumesArgs {
  return {
    pool: readStoragePoolHandle(r),
    maxnames: r.int(),
  }
}
export function readStoragePoolListVolumesRet(r: XdrReader): T.StoragePoolListVolumesRet {
  return {
    names: r.array(16384, 4, (r) => r.string()),
  }
}
export function readStorageVolLookupByNameArgs(r: XdrReader): T.StorageVolLookupByNameArgs {
  return {
    pool: readStoragePoolHandle(r),
    name: r.string(),
  }
}
export function readStorageVolLookupByNameRet(r: XdrReader): T.StorageVolLookupByNameRet {
  return {
    vol: readStorageVolHandle(r),
  }
}
export function readStorageVolLookupByKeyArgs(r: XdrReader): T.StorageVolLookupByKeyArgs {
  return {
    key: r.string(),
  }
}
export function readStorageVolLookupByKeyRet(r: XdrReader): T.StorageVolLookupByKeyRet {
  return {
    vol: readStorageVolHandle(r),
  }
}
export function readStorageVolLookupByPathArgs(r: XdrReader): T.StorageVolLookupByPathArgs {
  return {
    path: r.string(),
  }
}
export function readStorageVolLookupByPathRet(r: XdrReader): T.StorageVolLookupByPathRet {
  return {
    vol: readStorageVolHandle(r),
  }
}
export function readStorageVolCreateXmlArgs(r: XdrReader): T.StorageVolCreateXmlArgs {
  return {
    pool: readStoragePoolHandle(r),
    xml: r.string(),
    flags: r.uint(),
  }
}
export function readStorageVolCreateXmlRet(r: XdrReader): T.StorageVolCreateXmlRet {
  return {
    vol: readStorageVolHandle(r),
  }
}
export function readStorageVolCreateXmlFromArgs(r: XdrReader): T.StorageVolCreateXmlFromArgs {
  return {
    pool: readStoragePoolHandle(r),
    xml: r.string(),
    clonevol: readStorageVolHandle(r),
    flags: r.uint(),
  }
}
export function readStorageVolCreateXmlFromRet(r: XdrReader): T.StorageVolCreateXmlFromRet {
  return {
    vol: readStorageVolHandle(r),
  }
}
export function readStorageVolDeleteArgs(r: XdrReader): T.StorageVolDeleteArgs {
  return {
    vol: readStorageVolHandle(r),
    flags: r.uint(),
  }
}
export function readStorageVolWipeArgs(r: XdrReader): T.StorageVolWipeArgs {
  return {
    vol: readStorageVolHandle(r),
    flags: r.uint(),
  }
}
export function readStorageVolWipePatternArgs(r: XdrReader): T.StorageVolWipePatternArgs {
  return {
    vol: readStorageVolHandle(r),
    algorithm: r.uint(),
    flags: r.uint(),
  }
}
export function readStorageVolGetXmlDescArgs(r: XdrReader): T.StorageVolGetXmlDescArgs {
  return {
    vol: readStorageVolHandle(r),
    flags: r.uint(),
  }
}
export function readStorageVolGetXmlDescRet(r: XdrReader): T.StorageVolGetXmlDescRet {
  return {
    xml: r.string(),
  }
}
export function readStorageVolGetInfoArgs(r: XdrReader): T.StorageVolGetInfoArgs {
  return {
    vol: readStorageVolHandle(r),
  }
}
export function readStorageVolGetInfoRet(r: XdrReader): T.StorageVolGetInfoRet {
  return {
    type: r.char(),
    capacity: r.uhyper(),
    allocation: r.uhyper(),
  }
}
export function readStorageVolGetInfoFlagsArgs(r: XdrReader): T.StorageVolGetInfoFlagsArgs {
  return {
    vol: readStorageVolHandle(r),
    flags: r.uint(),
  }
}
export function readStorageVolGetInfoFlagsRet(r: XdrReader): T.StorageVolGetInfoFlagsRet {
  return {
    type: r.char(),
    capacity: r.uhyper(),
    allocation: r.uhyper(),
  }
}
export function readStorageVolGetPathArgs(r: XdrReader): T.StorageVolGetPathArgs {
  return {
    vol: readStorageVolHandle(r),
  }
}
export function readStorageVolGetPathRet(r: XdrReader): T.StorageVolGetPathRet {
  return {
    name: r.string(),
  }
}
export function readStorageVolResizeArgs(r: XdrReader): T.StorageVolResizeArgs {
  return {
    vol: readStorageVolHandle(r),
    capacity: r.uhyper(),
    flags: r.uint(),
  }
}
export function readNodeNumOfDevicesArgs(r: XdrReader): T.NodeNumOfDevicesArgs {
  return {
    cap: r.optional((r) => r.string()),
    flags: r.uint(),
  }
}
export function readNodeNumOfDevicesRet(r: XdrReader): T.NodeNumOfDevicesRet {
  return {
    num: r.int(),
  }
}
export function readNodeListDevicesArgs(r: XdrReader): T.NodeListDevicesArgs {
  return {
    cap: r.optional((r) => r.string()),
    maxnames: r.int(),
    flags: r.uint(),
  }
}
export function readNodeListDevicesRet(r: XdrReader): T.NodeListDevicesRet {
  return {
    names: r.array(65536, 4, (r) => r.string()),
  }
}
export function readNodeDeviceLookupByNameArgs(r: XdrReader): T.NodeDeviceLookupByNameArgs {
  return {
    name: r.string(),
  }
}
export function readNodeDeviceLookupByNameRet(r: XdrReader): T.NodeDeviceLookupByNameRet {
  return {
    dev: readNodeDeviceHandle(r),
  }
}
export function readNodeDeviceLookupScsiHostByWwnArgs(r: XdrReader): T.NodeDeviceLookupScsiHostByWwnArgs {
  return {
    wwnn: r.string(),
    wwpn: r.string(),
    flags: r.uint(),
  }
}
export function readNodeDeviceLookupScsiHostByWwnRet(r: XdrReader): T.NodeDeviceLookupScsiHostByWwnRet {
  return {
    dev: readNodeDeviceHandle(r),
  }
}
export function readNodeDeviceGetXmlDescArgs(r: XdrReader): T.NodeDeviceGetXmlDescArgs {
  return {
    name: r.string(),
    flags: r.uint(),
  }
}
export function readNodeDeviceGetXmlDescRet(r: XdrReader): T.NodeDeviceGetXmlDescRet {
  return {
    xml: r.string(),
  }
}
export function readNodeDeviceGetParentArgs(r: XdrReader): T.NodeDeviceGetParentArgs {
  return {
    name: r.string(),
  }
}
export function readNodeDeviceGetParentRet(r: XdrReader): T.NodeDeviceGetParentRet {
  return {
    parentName: r.optional((r) => r.string()),
  }
}
export function readNodeDeviceNumOfCapsArgs(r: XdrReader): T.NodeDeviceNumOfCapsArgs {
  return {
    name: r.string(),
  }
}
export function readNodeDeviceNumOfCapsRet(r: XdrReader): T.NodeDeviceNumOfCapsRet {
  return {
    num: r.int(),
  }
}
export function readNodeDeviceListCapsArgs(r: XdrReader): T.NodeDeviceListCapsArgs {
  return {
    name: r.string(),
    maxnames: r.int(),
  }
}
export function readNodeDeviceListCapsRet(r: XdrReader): T.NodeDeviceListCapsRet {
  return {
    names: r.array(65536, 4, (r) => r.string()),
  }
}
export function readNodeDeviceDettachArgs(r: XdrReader): T.NodeDeviceDettachArgs {
  return {
    name: r.string(),
  }
}
export function readNodeDeviceDetachFlagsArgs(r: XdrReader): T.NodeDeviceDetachFlagsArgs {
  return {
    name: r.string(),
    driverName: r.optional((r) => r.string()),
    flags: r.uint(),
  }
}
export function readNodeDeviceReAttachArgs(r: XdrReader): T.NodeDeviceReAttachArgs {
  return {
    name: r.string(),
  }
}
export function readNodeDeviceResetArgs(r: XdrReader): T.NodeDeviceResetArgs {
  return {
    name: r.string(),
  }
}
export function readNodeDeviceCreateXmlArgs(r: XdrReader): T.NodeDeviceCreateXmlArgs {
  return {
    xml_desc: r.string(),
    flags: r.uint(),
  }
}
export function readNodeDeviceCreateXmlRet(r: XdrReader): T.NodeDeviceCreateXmlRet {
  return {
    dev: readNodeDeviceHandle(r),
  }
}
export function readNodeDeviceDestroyArgs(r: XdrReader): T.NodeDeviceDestroyArgs {
  return {
    name: r.string(),
  }
}
export function readNodeDeviceDefineXmlArgs(r: XdrReader): T.NodeDeviceDefineXmlArgs {
  return {
    xml_desc: r.string(),
    flags: r.uint(),
  }
}
export function readNodeDeviceDefineXmlRet(r: XdrReader): T.NodeDeviceDefineXmlRet {
  return {
    dev: readNodeDeviceHandle(r),
  }
}
export function readNodeDeviceUndefineArgs(r: XdrReader): T.NodeDeviceUndefineArgs {
  return {
    name: r.string(),
    flags: r.uint(),
  }
}
export function readNodeDeviceCreateArgs(r: XdrReader): T.NodeDeviceCreateArgs {
  return {
    name: r.string(),
    flags: r.uint(),
  }
}
export function readNodeDeviceGetAutostartArgs(r: XdrReader): T.NodeDeviceGetAutostartArgs {
  return {
    name: r.string(),
  }
}
export function readNodeDeviceGetAutostartRet(r: XdrReader): T.NodeDeviceGetAutostartRet {
  return {
    autostart: r.int(),
  }
}
export function readNodeDeviceSetAutostartArgs(r: XdrReader): T.NodeDeviceSetAutostartArgs {
  return {
    name: r.string(),
    autostart: r.int(),
  }
}
export function readNodeDeviceIsPersistentArgs(r: XdrReader): T.NodeDeviceIsPersistentArgs {
  return {
    name: r.string(),
  }
}
export function readNodeDeviceIsPersistentRet(r: XdrReader): T.NodeDeviceIsPersistentRet {
  return {
    persistent: r.int(),
  }
}
export function readNodeDeviceIsActiveArgs(r: XdrReader): T.NodeDeviceIsActiveArgs {
  return {
    name: r.string(),
  }
}
export function readNodeDeviceIsActiveRet(r: XdrReader): T.NodeDeviceIsActiveRet {
  return {
    active: r.int(),
  }
}
export function readNodeDeviceUpdateArgs(r: XdrReader): T.NodeDeviceUpdateArgs {
  return {
    name: r.string(),
    xml_desc: r.string(),
    flags: r.uint(),
  }
}
export function readConnectDomainEventRegisterRet(r: XdrReader): T.ConnectDomainEventRegisterRet {
  return {
    cb_registered: r.int(),
  }
}
export function readConnectDomainEventDeregisterRet(r: XdrReader): T.ConnectDomainEventDeregisterRet {
  return {
    cb_registered: r.int(),
  }
}
export function readDomainEventLifecycleMsg(r: XdrReader): T.DomainEventLifecycleMsg {
  return {
    dom: readDomainHandle(r),
    event: r.int(),
    detail: r.int(),
  }
}
export function readDomainEventCallbackLifecycleMsg(r: XdrReader): T.DomainEventCallbackLifecycleMsg {
  return {
    callbackID: r.int(),
    msg: readDomainEventLifecycleMsg(r),
  }
}
export function readConnectDomainXmlFromNativeArgs(r: XdrReader): T.ConnectDomainXmlFromNativeArgs {
  return {
    nativeFormat: r.string(),
    nativeConfig: r.string(),
    flags: r.uint(),
  }
}
export function readConnectDomainXmlFromNativeRet(r: XdrReader): T.ConnectDomainXmlFromNativeRet {
  return {
    domainXml: r.string(),
  }
}
export function readConnectDomainXmlToNativeArgs(r: XdrReader): T.ConnectDomainXmlToNativeArgs {
  return {
    nativeFormat: r.string(),
    domainXml: r.string(),
    flags: r.uint(),
  }
}
export function readConnectDomainXmlToNativeRet(r: XdrReader): T.ConnectDomainXmlToNativeRet {
  return {
    nativeConfig: r.string(),
  }
}
export function readConnectNumOfSecretsRet(r: XdrReader): T.ConnectNumOfSecretsRet {
  return {
    num: r.int(),
  }
}
export function readConnectListSecretsArgs(r: XdrReader): T.ConnectListSecretsArgs {
  return {
    maxuuids: r.int(),
  }
}
export function readConnectListSecretsRet(r: XdrReader): T.ConnectListSecretsRet {
  return {
    uuids: r.array(16384, 4, (r) => r.string()),
  }
}
export function readSecretLookupByUuidArgs(r: XdrReader): T.SecretLookupByUuidArgs {
  return {
    uuid: r.uuid(),
  }
}
export function readSecretLookupByUuidRet(r: XdrReader): T.SecretLookupByUuidRet {
  return {
    secret: readSecretHandle(r),
  }
}
export function readSecretDefineXmlArgs(r: XdrReader): T.SecretDefineXmlArgs {
  return {
    xml: r.string(),
    flags: r.uint(),
  }
}
export function readSecretDefineXmlRet(r: XdrReader): T.SecretDefineXmlRet {
  return {
    secret: readSecretHandle(r),
  }
}
export function readSecretGetXmlDescArgs(r: XdrReader): T.SecretGetXmlDescArgs {
  return {
    secret: readSecretHandle(r),
    flags: r.uint(),
  }
}
export function readSecretGetXmlDescRet(r: XdrReader): T.SecretGetXmlDescRet {
  return {
    xml: r.string(),
  }
}
export function readSecretSetValueArgs(r: XdrReader): T.SecretSetValueArgs {
  return {
    secret: readSecretHandle(r),
    value: r.opaque(65536),
    flags: r.uint(),
  }
}
export function readSecretGetValueArgs(r: XdrReader): T.SecretGetValueArgs {
  return {
    secret: readSecretHandle(r),
    flags: r.uint(),
  }
}
export function readSecretGetValueRet(r: XdrReader): T.SecretGetValueRet {
  return {
    value: r.opaque(65536),
  }
}
export function readSecretUndefineArgs(r: XdrReader): T.SecretUndefineArgs {
  return {
    secret: readSecretHandle(r),
  }
}
export function readSecretLookupByUsageArgs(r: XdrReader): T.SecretLookupByUsageArgs {
  return {
    usageType: r.int(),
    usageID: r.string(),
  }
}
export function readSecretLookupByUsageRet(r: XdrReader): T.SecretLookupByUsageRet {
  return {
    secret: readSecretHandle(r),
  }
}
export function readDomainMigratePrepareTunnelArgs(r: XdrReader): T.DomainMigratePrepareTunnelArgs {
  return {
    flags: r.uhyper(),
    dname: r.optional((r) => r.string()),
    resource: r.uhyper(),
    dom_xml: r.string(),
  }
}
export function readConnectIsSecureRet(r: XdrReader): T.ConnectIsSecureRet {
  return {
    secure: r.int(),
  }
}
export function readDomainIsActiveArgs(r: XdrReader): T.DomainIsActiveArgs {
  return {
    dom: readDomainHandle(r),
  }
}
export function readDomainIsActiveRet(r: XdrReader): T.DomainIsActiveRet {
  return {
    active: r.int(),
  }
}
export function readDomainIsPersistentArgs(r: XdrReader): T.DomainIsPersistentArgs {
  return {
    dom: readDomainHandle(r),
  }
}
export function readDomainIsPersistentRet(r: XdrReader): T.DomainIsPersistentRet {
  return {
    persistent: r.int(),
  }
}
export function readDomainIsUpdatedArgs(r: XdrReader): T.DomainIsUpdatedArgs {
  return {
    dom: readDomainHandle(r),
  }
}
export function readDomainIsUpdatedRet(r: XdrReader): T.DomainIsUpdatedRet {
  return {
    updated: r.int(),
  }
}
export function readNetworkIsActiveArgs(r: XdrReader): T.NetworkIsActiveArgs {
  return {
    net: readNetworkHandle(r),
  }
}
export function readNetworkIsActiveRet(r: XdrReader): T.NetworkIsActiveRet {
  return {
    active: r.int(),
  }
}
export function readNetworkIsPersistentArgs(r: XdrReader): T.NetworkIsPersistentArgs {
  return {
    net: readNetworkHandle(r),
  }
}
export function readNetworkIsPersistentRet(r: XdrReader): T.NetworkIsPersistentRet {
  return {
    persistent: r.int(),
  }
}
export function readStoragePoolIsActiveArgs(r: XdrReader): T.StoragePoolIsActiveArgs {
  return {
    pool: readStoragePoolHandle(r),
  }
}
export function readStoragePoolIsActiveRet(r: XdrReader): T.StoragePoolIsActiveRet {
  return {
    active: r.int(),
  }
}
export function readStoragePoolIsPersistentArgs(r: XdrReader): T.StoragePoolIsPersistentArgs {
  return {
    pool: readStoragePoolHandle(r),
  }
}
export function readStoragePoolIsPersistentRet(r: XdrReader): T.StoragePoolIsPersistentRet {
  return {
    persistent: r.int(),
  }
}
export function readInterfaceIsActiveArgs(r: XdrReader): T.InterfaceIsActiveArgs {
  return {
    iface: readInterfaceHandle(r),
  }
}
export function readInterfaceIsActiveRet(r: XdrReader): T.InterfaceIsActiveRet {
  return {
    active: r.int(),
  }
}
export function readConnectCompareCpuArgs(r: XdrReader): T.ConnectCompareCpuArgs {
  return {
    xml: r.string(),
    flags: r.uint(),
  }
}
export function readConnectCompareCpuRet(r: XdrReader): T.ConnectCompareCpuRet {
  return {
    result: r.int(),
  }
}
export function readConnectBaselineCpuArgs(r: XdrReader): T.ConnectBaselineCpuArgs {
  return {
    xmlCPUs: r.array(256, 4, (r) => r.string()),
    flags: r.uint(),
  }
}
export function readConnectBaselineCpuRet(r: XdrReader): T.ConnectBaselineCpuRet {
  return {
    cpu: r.string(),
  }
}
export function readDomainGetJobInfoArgs(r: XdrReader): T.DomainGetJobInfoArgs {
  return {
    dom: readDomainHandle(r),
  }
}
export function readDomainGetJobInfoRet(r: XdrReader): T.DomainGetJobInfoRet {
  return {
    type: r.int(),
    timeElapsed: r.uhyper(),
    timeRemaining: r.uhyper(),
    dataTotal: r.uhyper(),
    dataProcessed: r.uhyper(),
    dataRemaining: r.uhyper(),
    memTotal: r.uhyper(),
    memProcessed: r.uhyper(),
    memRemaining: r.uhyper(),
    fileTotal: r.uhyper(),
    fileProcessed: r.uhyper(),
    fileRemaining: r.uhyper(),
  }
}
export function readDomainGetJobStatsArgs(r: XdrReader): T.DomainGetJobStatsArgs {
  return {
    dom: readDomainHandle(r),
    flags: r.uint(),
  }
}
export function readDomainGetJobStatsRet(r: XdrReader): T.DomainGetJobStatsRet {
  return {
    type: r.int(),
    params: r.array(64, 12, (r) => readTypedParam(r)),
  }
}
export function readDomainAbortJobArgs(r: XdrReader): T.DomainAbortJobArgs {
  return {
    dom: readDomainHandle(r),
  }
}
export function readDomainAbortJobFlagsArgs(r: XdrReader): T.DomainAbortJobFlagsArgs {
  return {
    dom: readDomainHandle(r),
    flags: r.uint(),
  }
}
export function readDomainMigrateGetMaxDowntimeArgs(r: XdrReader): T.DomainMigrateGetMaxDowntimeArgs {
  return {
    dom: readDomainHandle(r),
    flags: r.uint(),
  }
}
export function readDomainMigrateGetMaxDowntimeRet(r: XdrReader): T.DomainMigrateGetMaxDowntimeRet {
  return {
    downtime: r.uhyper(),
  }
}
export function readDomainMigrateSetMaxDowntimeArgs(r: XdrReader): T.DomainMigrateSetMaxDowntimeArgs {
  return {
    dom: readDomainHandle(r),
    downtime: r.uhyper(),
    flags: r.uint(),
  }
}
export function readDomainMigrateGetCompressionCacheArgs(r: XdrReader): T.DomainMigrateGetCompressionCacheArgs {
  return {
    dom: readDomainHandle(r),
    flags: r.uint(),
  }
}
export function readDomainMigrateGetCompressionCacheRet(r: XdrReader): T.DomainMigrateGetCompressionCacheRet {
  return {
    cacheSize: r.uhyper(),
  }
}
export function readDomainMigrateSetCompressionCacheArgs(r: XdrReader): T.DomainMigrateSetCompressionCacheArgs {
  return {
    dom: readDomainHandle(r),
    cacheSize: r.uhyper(),
    flags: r.uint(),
  }
}
export function readDomainMigrateSetMaxSpeedArgs(r: XdrReader): T.DomainMigrateSetMaxSpeedArgs {
  return {
    dom: readDomainHandle(r),
    bandwidth: r.uhyper(),
    flags: r.uint(),
  }
}
export function readDomainMigrateGetMaxSpeedArgs(r: XdrReader): T.DomainMigrateGetMaxSpeedArgs {
  return {
    dom: readDomainHandle(r),
    flags: r.uint(),
  }
}
export function readDomainMigrateGetMaxSpeedRet(r: XdrReader): T.DomainMigrateGetMaxSpeedRet {
  return {
    bandwidth: r.uhyper(),
  }
}
export function readConnectDomainEventRegisterAnyArgs(r: XdrReader): T.ConnectDomainEventRegisterAnyArgs {
  return {
    eventID: r.int(),
  }
}
export function readConnectDomainEventDeregisterAnyArgs(r: XdrReader): T.ConnectDomainEventDeregisterAnyArgs {
  return {
    eventID: r.int(),
  }
}
export function readConnectDomainEventCallbackRegisterAnyArgs(r: XdrReader): T.ConnectDomainEventCallbackRegisterAnyArgs {
  return {
    eventID: r.int(),
    dom: r.optional((r) => readDomainHandle(r)),
  }
}
export function readConnectDomainEventCallbackRegisterAnyRet(r: XdrReader): T.ConnectDomainEventCallbackRegisterAnyRet {
  return {
    callbackID: r.int(),
  }
}
export function readConnectDomainEventCallbackDeregisterAnyArgs(r: XdrReader): T.ConnectDomainEventCallbackDeregisterAnyArgs {
  return {
    callbackID: r.int(),
  }
}
export function readDomainEventRebootMsg(r: XdrReader): T.DomainEventRebootMsg {
  return {
    dom: readDomainHandle(r),
  }
}
export function readDomainEventCallbackRebootMsg(r: XdrReader): T.DomainEventCallbackRebootMsg {
  return {
    callbackID: r.int(),
    msg: readDomainEventRebootMsg(r),
  }
}
export function readDomainEventRtcChangeMsg(r: XdrReader): T.DomainEventRtcChangeMsg {
  return {
    dom: readDomainHandle(r),
    offset: r.hyper(),
  }
}
export function readDomainEventCallbackRtcChangeMsg(r: XdrReader): T.DomainEventCallbackRtcChangeMsg {
  return {
    callbackID: r.int(),
    msg: readDomainEventRtcChangeMsg(r),
  }
}
export function readDomainEventWatchdogMsg(r: XdrReader): T.DomainEventWatchdogMsg {
  return {
    dom: readDomainHandle(r),
    action: r.int(),
  }
}
export function readDomainEventCallbackWatchdogMsg(r: XdrReader): T.DomainEventCallbackWatchdogMsg {
  return {
    callbackID: r.int(),
    msg: readDomainEventWatchdogMsg(r),
  }
}
export function readDomainEventIoErrorMsg(r: XdrReader): T.DomainEventIoErrorMsg {
  return {
    dom: readDomainHandle(r),
    srcPath: r.string(),
    devAlias: r.string(),
    action: r.int(),
  }
}
export function readDomainEventCallbackIoErrorMsg(r: XdrReader): T.DomainEventCallbackIoErrorMsg {
  return {
    callbackID: r.int(),
    msg: readDomainEventIoErrorMsg(r),
  }
}
export function readDomainEventIoErrorReasonMsg(r: XdrReader): T.DomainEventIoErrorReasonMsg {
  return {
    dom: readDomainHandle(r),
    srcPath: r.string(),
    devAlias: r.string(),
    action: r.int(),
    reason: r.string(),
  }
}
export function readDomainEventCallbackIoErrorReasonMsg(r: XdrReader): T.DomainEventCallbackIoErrorReasonMsg {
  return {
    callbackID: r.int(),
    msg: readDomainEventIoErrorReasonMsg(r),
  }
}
export function readDomainEventGraphicsAddress(r: XdrReader): T.DomainEventGraphicsAddress {
  return {
    family: r.int(),
    node: r.string(),
    service: r.string(),
  }
}
export function readDomainEventGraphicsIdentity(r: XdrReader): T.DomainEventGraphicsIdentity {
  return {
    type: r.string(),
    name: r.string(),
  }
}
export function readDomainEventGraphicsMsg(r: XdrReader): T.DomainEventGraphicsMsg {
  return {
    dom: readDomainHandle(r),
    phase: r.int(),
    local: readDomainEventGraphicsAddress(r),
    remote: readDomainEventGraphicsAddress(r),
    authScheme: r.string(),
    subject: r.array(20, 8, (r) => readDomainEventGraphicsIdentity(r)),
  }
}
export function readDomainEventCallbackGraphicsMsg(r: XdrReader): T.DomainEventCallbackGraphicsMsg {
  return {
    callbackID: r.int(),
    msg: readDomainEventGraphicsMsg(r),
  }
}
export function readDomainEventBlockJobMsg(r: XdrReader): T.DomainEventBlockJobMsg {
  return {
    dom: readDomainHandle(r),
    path: r.string(),
    type: r.int(),
    status: r.int(),
  }
}
export function readDomainEventCallbackBlockJobMsg(r: XdrReader): T.DomainEventCallbackBlockJobMsg {
  return {
    callbackID: r.int(),
    msg: readDomainEventBlockJobMsg(r),
  }
}
export function readDomainEventDiskChangeMsg(r: XdrReader): T.DomainEventDiskChangeMsg {
  return {
    dom: readDomainHandle(r),
    oldSrcPath: r.optional((r) => r.string()),
    newSrcPath: r.optional((r) => r.string()),
    devAlias: r.string(),
    reason: r.int(),
  }
}
export function readDomainEventCallbackDiskChangeMsg(r: XdrReader): T.DomainEventCallbackDiskChangeMsg {
  return {
    callbackID: r.int(),
    msg: readDomainEventDiskChangeMsg(r),
  }
}
export function readDomainEventTrayChangeMsg(r: XdrReader): T.DomainEventTrayChangeMsg {
  return {
    dom: readDomainHandle(r),
    devAlias: r.string(),
    reason: r.int(),
  }
}
export function readDomainEventCallbackTrayChangeMsg(r: XdrReader): T.DomainEventCallbackTrayChangeMsg {
  return {
    callbackID: r.int(),
    msg: readDomainEventTrayChangeMsg(r),
  }
}
export function readDomainEventPmwakeupMsg(r: XdrReader): T.DomainEventPmwakeupMsg {
  return {
    dom: readDomainHandle(r),
  }
}
export function readDomainEventCallbackPmwakeupMsg(r: XdrReader): T.DomainEventCallbackPmwakeupMsg {
  return {
    callbackID: r.int(),
    reason: r.int(),
    msg: readDomainEventPmwakeupMsg(r),
  }
}
export function readDomainEventPmsuspendMsg(r: XdrReader): T.DomainEventPmsuspendMsg {
  return {
    dom: readDomainHandle(r),
  }
}
export function readDomainEventCallbackPmsuspendMsg(r: XdrReader): T.DomainEventCallbackPmsuspendMsg {
  return {
    callbackID: r.int(),
    reason: r.int(),
    msg: readDomainEventPmsuspendMsg(r),
  }
}
export function readDomainEventBalloonChangeMsg(r: XdrReader): T.DomainEventBalloonChangeMsg {
  return {
    dom: readDomainHandle(r),
    actual: r.uhyper(),
  }
}
export function readDomainEventCallbackBalloonChangeMsg(r: XdrReader): T.DomainEventCallbackBalloonChangeMsg {
  return {
    callbackID: r.int(),
    msg: readDomainEventBalloonChangeMsg(r),
  }
}
export function readDomainEventPmsuspendDiskMsg(r: XdrReader): T.DomainEventPmsuspendDiskMsg {
  return {
    dom: readDomainHandle(r),
  }
}
export function readDomainEventCallbackPmsuspendDiskMsg(r: XdrReader): T.DomainEventCallbackPmsuspendDiskMsg {
  return {
    callbackID: r.int(),
    reason: r.int(),
    msg: readDomainEventPmsuspendDiskMsg(r),
  }
}
export function readDomainManagedSaveArgs(r: XdrReader): T.DomainManagedSaveArgs {
  return {
    dom: readDomainHandle(r),
    flags: r.uint(),
  }
}
export function readDomainHasManagedSaveImageArgs(r: XdrReader): T.DomainHasManagedSaveImageArgs {
  return {
    dom: readDomainHandle(r),
    flags: r.uint(),
  }
}
export function readDomainHasManagedSaveImageRet(r: XdrReader): T.DomainHasManagedSaveImageRet {
  return {
    result: r.int(),
  }
}
export function readDomainManagedSaveRemoveArgs(r: XdrReader): T.DomainManagedSaveRemoveArgs {
  return {
    dom: readDomainHandle(r),
    flags: r.uint(),
  }
}
export function readDomainManagedSaveGetXmlDescArgs(r: XdrReader): T.DomainManagedSaveGetXmlDescArgs {
  return {
    dom: readDomainHandle(r),
    flags: r.uint(),
  }
}
export function readDomainManagedSaveGetXmlDescRet(r: XdrReader): T.DomainManagedSaveGetXmlDescRet {
  return {
    xml: r.string(),
  }
}
export function readDomainManagedSaveDefineXmlArgs(r: XdrReader): T.DomainManagedSaveDefineXmlArgs {
  return {
    dom: readDomainHandle(r),
    dxml: r.optional((r) => r.string()),
    flags: r.uint(),
  }
}
export function readDomainSnapshotCreateXmlArgs(r: XdrReader): T.DomainSnapshotCreateXmlArgs {
  return {
    dom: readDomainHandle(r),
    xml_desc: r.string(),
    flags: r.uint(),
  }
}
export function readDomainSnapshotCreateXmlRet(r: XdrReader): T.DomainSnapshotCreateXmlRet {
  return {
    snap: readDomainSnapshotHandle(r),
  }
}
export function readDomainSnapshotGetXmlDescArgs(r: XdrReader): T.DomainSnapshotGetXmlDescArgs {
  return {
    snap: readDomainSnapshotHandle(r),
    flags: r.uint(),
  }
}
export function readDomainSnapshotGetXmlDescRet(r: XdrReader): T.DomainSnapshotGetXmlDescRet {
  return {
    xml: r.string(),
  }
}
export function readDomainSnapshotNumArgs(r: XdrReader): T.DomainSnapshotNumArgs {
  return {
    dom: readDomainHandle(r),
    flags: r.uint(),
  }
}
export function readDomainSnapshotNumRet(r: XdrReader): T.DomainSnapshotNumRet {
  return {
    num: r.int(),
  }
}
export function readDomainSnapshotListNamesArgs(r: XdrReader): T.DomainSnapshotListNamesArgs {
  return {
    dom: readDomainHandle(r),
    maxnames: r.int(),
    flags: r.uint(),
  }
}
export function readDomainSnapshotListNamesRet(r: XdrReader): T.DomainSnapshotListNamesRet {
  return {
    names: r.array(16384, 4, (r) => r.string()),
  }
}
export function readDomainListAllSnapshotsArgs(r: XdrReader): T.DomainListAllSnapshotsArgs {
  return {
    dom: readDomainHandle(r),
    need_results: r.int(),
    flags: r.uint(),
  }
}
export function readDomainListAllSnapshotsRet(r: XdrReader): T.DomainListAllSnapshotsRet {
  return {
    snapshots: r.array(16384, 28, (r) => readDomainSnapshotHandle(r)),
    ret: r.int(),
  }
}
export function readDomainSnapshotNumChildrenArgs(r: XdrReader): T.DomainSnapshotNumChildrenArgs {
  return {
    snap: readDomainSnapshotHandle(r),
    flags: r.uint(),
  }
}
export function readDomainSnapshotNumChildrenRet(r: XdrReader): T.DomainSnapshotNumChildrenRet {
  return {
    num: r.int(),
  }
}
export function readDomainSnapshotListChildrenNamesArgs(r: XdrReader): T.DomainSnapshotListChildrenNamesArgs {
  return {
    snap: readDomainSnapshotHandle(r),
    maxnames: r.int(),
    flags: r.uint(),
  }
}
export function readDomainSnapshotListChildrenNamesRet(r: XdrReader): T.DomainSnapshotListChildrenNamesRet {
  return {
    names: r.array(16384, 4, (r) => r.string()),
  }
}
export function readDomainSnapshotListAllChildrenArgs(r: XdrReader): T.DomainSnapshotListAllChildrenArgs {
  return {
    snapshot: readDomainSnapshotHandle(r),
    need_results: r.int(),
    flags: r.uint(),
  }
}
export function readDomainSnapshotListAllChildrenRet(r: XdrReader): T.DomainSnapshotListAllChildrenRet {
  return {
    snapshots: r.array(16384, 28, (r) => readDomainSnapshotHandle(r)),
    ret: r.int(),
  }
}
export function readDomainSnapshotLookupByNameArgs(r: XdrReader): T.DomainSnapshotLookupByNameArgs {
  return {
    dom: readDomainHandle(r),
    name: r.string(),
    flags: r.uint(),
  }
}
export function readDomainSnapshotLookupByNameRet(r: XdrReader): T.DomainSnapshotLookupByNameRet {
  return {
    snap: readDomainSnapshotHandle(r),
  }
}
export function readDomainHasCurrentSnapshotArgs(r: XdrReader): T.DomainHasCurrentSnapshotArgs {
  return {
    dom: readDomainHandle(r),
    flags: r.uint(),
  }
}
export function readDomainHasCurrentSnapshotRet(r: XdrReader): T.DomainHasCurrentSnapshotRet {
  return {
    result: r.int(),
  }
}
export function readDomainSnapshotGetParentArgs(r: XdrReader): T.DomainSnapshotGetParentArgs {
  return {
    snap: readDomainSnapshotHandle(r),
    flags: r.uint(),
  }
}
export function readDomainSnapshotGetParentRet(r: XdrReader): T.DomainSnapshotGetParentRet {
  return {
    snap: readDomainSnapshotHandle(r),
  }
}
export function readDomainSnapshotCurrentArgs(r: XdrReader): T.DomainSnapshotCurrentArgs {
  return {
    dom: readDomainHandle(r),
    flags: r.uint(),
  }
}
export function readDomainSnapshotCurrentRet(r: XdrReader): T.DomainSnapshotCurrentRet {
  return {
    snap: readDomainSnapshotHandle(r),
  }
}
export function readDomainSnapshotIsCurrentArgs(r: XdrReader): T.DomainSnapshotIsCurrentArgs {
  return {
    snap: readDomainSnapshotHandle(r),
    flags: r.uint(),
  }
}
export function readDomainSnapshotIsCurrentRet(r: XdrReader): T.DomainSnapshotIsCurrentRet {
  return {
    current: r.int(),
  }
}
export function readDomainSnapshotHasMetadataArgs(r: XdrReader): T.DomainSnapshotHasMetadataArgs {
  return {
    snap: readDomainSnapshotHandle(r),
    flags: r.uint(),
  }
}
export function readDomainSnapshotHasMetadataRet(r: XdrReader): T.DomainSnapshotHasMetadataRet {
  return {
    metadata: r.int(),
  }
}
export function readDomainRevertToSnapshotArgs(r: XdrReader): T.DomainRevertToSnapshotArgs {
  return {
    snap: readDomainSnapshotHandle(r),
    flags: r.uint(),
  }
}
export function readDomainSnapshotDeleteArgs(r: XdrReader): T.DomainSnapshotDeleteArgs {
  return {
    snap: readDomainSnapshotHandle(r),
    flags: r.uint(),
  }
}
export function readDomainOpenConsoleArgs(r: XdrReader): T.DomainOpenConsoleArgs {
  return {
    dom: readDomainHandle(r),
    dev_name: r.optional((r) => r.string()),
    flags: r.uint(),
  }
}
export function readDomainOpenChannelArgs(r: XdrReader): T.DomainOpenChannelArgs {
  return {
    dom: readDomainHandle(r),
    name: r.optional((r) => r.string()),
    flags: r.uint(),
  }
}
export function readStorageVolUploadArgs(r: XdrReader): T.StorageVolUploadArgs {
  return {
    vol: readStorageVolHandle(r),
    offset: r.uhyper(),
    length: r.uhyper(),
    flags: r.uint(),
  }
}
export function readStorageVolDownloadArgs(r: XdrReader): T.StorageVolDownloadArgs {
  return {
    vol: readStorageVolHandle(r),
    offset: r.uhyper(),
    length: r.uhyper(),
    flags: r.uint(),
  }
}
export function readDomainGetStateArgs(r: XdrReader): T.DomainGetStateArgs {
  return {
    dom: readDomainHandle(r),
    flags: r.uint(),
  }
}
export function readDomainGetStateRet(r: XdrReader): T.DomainGetStateRet {
  return {
    state: r.int(),
    reason: r.int(),
  }
}
export function readDomainMigrateBegin3Args(r: XdrReader): T.DomainMigrateBegin3Args {
  return {
    dom: readDomainHandle(r),
    xmlin: r.optional((r) => r.string()),
    flags: r.uhyper(),
    dname: r.optional((r) => r.string()),
    resource: r.uhyper(),
  }
}
export function readDomainMigrateBegin3Ret(r: XdrReader): T.DomainMigrateBegin3Ret {
  return {
    cookie_out: r.opaque(4194304),
    xml: r.string(),
  }
}
export function readDomainMigratePrepare3Args(r: XdrReader): T.DomainMigratePrepare3Args {
  return {
    cookie_in: r.opaque(4194304),
    uri_in: r.optional((r) => r.string()),
    flags: r.uhyper(),
    dname: r.optional((r) => r.string()),
    resource: r.uhyper(),
    dom_xml: r.string(),
  }
}
export function readDomainMigratePrepare3Ret(r: XdrReader): T.DomainMigratePrepare3Ret {
  return {
    cookie_out: r.opaque(4194304),
    uri_out: r.optional((r) => r.string()),
  }
}
export function readDomainMigratePrepareTunnel3Args(r: XdrReader): T.DomainMigratePrepareTunnel3Args {
  return {
    cookie_in: r.opaque(4194304),
    flags: r.uhyper(),
    dname: r.optional((r) => r.string()),
    resource: r.uhyper(),
    dom_xml: r.string(),
  }
}
export function readDomainMigratePrepareTunnel3Ret(r: XdrReader): T.DomainMigratePrepareTunnel3Ret {
  return {
    cookie_out: r.opaque(4194304),
  }
}
export function readDomainMigratePerform3Args(r: XdrReader): T.DomainMigratePerform3Args {
  return {
    dom: readDomainHandle(r),
    xmlin: r.optional((r) => r.string()),
    cookie_in: r.opaque(4194304),
    dconnuri: r.optional((r) => r.string()),
    uri: r.optional((r) => r.string()),
    flags: r.uhyper(),
    dname: r.optional((r) => r.string()),
    resource: r.uhyper(),
  }
}
export function readDomainMigratePerform3Ret(r: XdrReader): T.DomainMigratePerform3Ret {
  return {
    cookie_out: r.opaque(4194304),
  }
}
export function readDomainMigrateFinish3Args(r: XdrReader): T.DomainMigrateFinish3Args {
  return {
    dname: r.string(),
    cookie_in: r.opaque(4194304),
    dconnuri: r.optional((r) => r.string()),
    uri: r.optional((r) => r.string()),
    flags: r.uhyper(),
    cancelled: r.int(),
  }
}
export function readDomainMigrateFinish3Ret(r: XdrReader): T.DomainMigrateFinish3Ret {
  return {
    dom: readDomainHandle(r),
    cookie_out: r.opaque(4194304),
  }
}
export function readDomainMigrateConfirm3Args(r: XdrReader): T.DomainMigrateConfirm3Args {
  return {
    dom: readDomainHandle(r),
    cookie_in: r.opaque(4194304),
    flags: r.uhyper(),
    cancelled: r.int(),
  }
}
export function readDomainEventControlErrorMsg(r: XdrReader): T.DomainEventControlErrorMsg {
  return {
    dom: readDomainHandle(r),
  }
}
export function readDomainEventCallbackControlErrorMsg(r: XdrReader): T.DomainEventCallbackControlErrorMsg {
  return {
    callbackID: r.int(),
    msg: readDomainEventControlErrorMsg(r),
  }
}
export function readDomainGetControlInfoArgs(r: XdrReader): T.DomainGetControlInfoArgs {
  return {
    dom: readDomainHandle(r),
    flags: r.uint(),
  }
}
export function readDomainGetControlInfoRet(r: XdrReader): T.DomainGetControlInfoRet {
  return {
    state: r.uint(),
    details: r.uint(),
    stateTime: r.uhyper(),
  }
}
export function readDomainOpenGraphicsArgs(r: XdrReader): T.DomainOpenGraphicsArgs {
  return {
    dom: readDomainHandle(r),
    idx: r.uint(),
    flags: r.uint(),
  }
}
export function readDomainOpenGraphicsFdArgs(r: XdrReader): T.DomainOpenGraphicsFdArgs {
  return {
    dom: readDomainHandle(r),
    idx: r.uint(),
    flags: r.uint(),
  }
}
export function readNodeSuspendForDurationArgs(r: XdrReader): T.NodeSuspendForDurationArgs {
  return {
    target: r.uint(),
    duration: r.uhyper(),
    flags: r.uint(),
  }
}
export function readDomainShutdownFlagsArgs(r: XdrReader): T.DomainShutdownFlagsArgs {
  return {
    dom: readDomainHandle(r),
    flags: r.uint(),
  }
}
export function readDomainGetDiskErrorsArgs(r: XdrReader): T.DomainGetDiskErrorsArgs {
  return {
    dom: readDomainHandle(r),
    maxerrors: r.uint(),
    flags: r.uint(),
  }
}
export function readDomainGetDiskErrorsRet(r: XdrReader): T.DomainGetDiskErrorsRet {
  return {
    errors: r.array(256, 8, (r) => readDomainDiskError(r)),
    nerrors: r.int(),
  }
}
export function readConnectListAllDomainsArgs(r: XdrReader): T.ConnectListAllDomainsArgs {
  return {
    need_results: r.int(),
    flags: r.uint(),
  }
}
export function readConnectListAllDomainsRet(r: XdrReader): T.ConnectListAllDomainsRet {
  return {
    domains: r.array(16384, 24, (r) => readDomainHandle(r)),
    ret: r.uint(),
  }
}
export function readConnectListAllStoragePoolsArgs(r: XdrReader): T.ConnectListAllStoragePoolsArgs {
  return {
    need_results: r.int(),
    flags: r.uint(),
  }
}
export function readConnectListAllStoragePoolsRet(r: XdrReader): T.ConnectListAllStoragePoolsRet {
  return {
    pools: r.array(16384, 20, (r) => readStoragePoolHandle(r)),
    ret: r.uint(),
  }
}
export function readStoragePoolListAllVolumesArgs(r: XdrReader): T.StoragePoolListAllVolumesArgs {
  return {
    pool: readStoragePoolHandle(r),
    need_results: r.int(),
    flags: r.uint(),
  }
}
export function readStoragePoolListAllVolumesRet(r: XdrReader): T.StoragePoolListAllVolumesRet {
  return {
    vols: r.array(16384, 12, (r) => readStorageVolHandle(r)),
    ret: r.uint(),
  }
}
export function readConnectListAllNetworksArgs(r: XdrReader): T.ConnectListAllNetworksArgs {
  return {
    need_results: r.int(),
    flags: r.uint(),
  }
}
export function readConnectListAllNetworksRet(r: XdrReader): T.ConnectListAllNetworksRet {
  return {
    nets: r.array(16384, 20, (r) => readNetworkHandle(r)),
    ret: r.uint(),
  }
}
export function readConnectListAllInterfacesArgs(r: XdrReader): T.ConnectListAllInterfacesArgs {
  return {
    need_results: r.int(),
    flags: r.uint(),
  }
}
export function readConnectListAllInterfacesRet(r: XdrReader): T.ConnectListAllInterfacesRet {
  return {
    ifaces: r.array(16384, 8, (r) => readInterfaceHandle(r)),
    ret: r.uint(),
  }
}
export function readConnectListAllNodeDevicesArgs(r: XdrReader): T.ConnectListAllNodeDevicesArgs {
  return {
    need_results: r.int(),
    flags: r.uint(),
  }
}
export function readConnectListAllNodeDevicesRet(r: XdrReader): T.ConnectListAllNodeDevicesRet {
  return {
    devices: r.array(65536, 4, (r) => readNodeDeviceHandle(r)),
    ret: r.uint(),
  }
}
export function readConnectListAllNwfiltersArgs(r: XdrReader): T.ConnectListAllNwfiltersArgs {
  return {
    need_results: r.int(),
    flags: r.uint(),
  }
}
export function readConnectListAllNwfiltersRet(r: XdrReader): T.ConnectListAllNwfiltersRet {
  return {
    filters: r.array(16384, 20, (r) => readNwfilterHandle(r)),
    ret: r.uint(),
  }
}
export function readConnectListAllSecretsArgs(r: XdrReader): T.ConnectListAllSecretsArgs {
  return {
    need_results: r.int(),
    flags: r.uint(),
  }
}
export function readConnectListAllSecretsRet(r: XdrReader): T.ConnectListAllSecretsRet {
  return {
    secrets: r.array(16384, 24, (r) => readSecretHandle(r)),
    ret: r.uint(),
  }
}
export function readNodeSetMemoryParametersArgs(r: XdrReader): T.NodeSetMemoryParametersArgs {
  return {
    params: r.array(64, 12, (r) => readTypedParam(r)),
    flags: r.uint(),
  }
}
export function readNodeGetMemoryParametersArgs(r: XdrReader): T.NodeGetMemoryParametersArgs {
  return {
    nparams: r.int(),
    flags: r.uint(),
  }
}
export function readNodeGetMemoryParametersRet(r: XdrReader): T.NodeGetMemoryParametersRet {
  return {
    params: r.array(64, 12, (r) => readTypedParam(r)),
    nparams: r.int(),
  }
}
export function readNodeGetCpuMapArgs(r: XdrReader): T.NodeGetCpuMapArgs {
  return {
    need_map: r.int(),
    need_online: r.int(),
    flags: r.uint(),
  }
}
export function readNodeGetCpuMapRet(r: XdrReader): T.NodeGetCpuMapRet {
  return {
    cpumap: r.opaque(2048),
    online: r.uint(),
    ret: r.int(),
  }
}
export function readDomainFstrimArgs(r: XdrReader): T.DomainFstrimArgs {
  return {
    dom: readDomainHandle(r),
    mountPoint: r.optional((r) => r.string()),
    minimum: r.uhyper(),
    flags: r.uint(),
  }
}
export function readDomainGetTimeArgs(r: XdrReader): T.DomainGetTimeArgs {
  return {
    dom: readDomainHandle(r),
    flags: r.uint(),
  }
}
export function readDomainGetTimeRet(r: XdrReader): T.DomainGetTimeRet {
  return {
    seconds: r.hyper(),
    nseconds: r.uint(),
  }
}
export function readDomainSetTimeArgs(r: XdrReader): T.DomainSetTimeArgs {
  return {
    dom: readDomainHandle(r),
    seconds: r.hyper(),
    nseconds: r.uint(),
    flags: r.uint(),
  }
}
export function readDomainMigrateBegin3ParamsArgs(r: XdrReader): T.DomainMigrateBegin3ParamsArgs {
  return {
    dom: readDomainHandle(r),
    params: r.array(64, 12, (r) => readTypedParam(r)),
    flags: r.uint(),
  }
}
export function readDomainMigrateBegin3ParamsRet(r: XdrReader): T.DomainMigrateBegin3ParamsRet {
  return {
    cookie_out: r.opaque(4194304),
    xml: r.string(),
  }
}
export function readDomainMigratePrepare3ParamsArgs(r: XdrReader): T.DomainMigratePrepare3ParamsArgs {
  return {
    params: r.array(64, 12, (r) => readTypedParam(r)),
    cookie_in: r.opaque(4194304),
    flags: r.uint(),
  }
}
export function readDomainMigratePrepare3ParamsRet(r: XdrReader): T.DomainMigratePrepare3ParamsRet {
  return {
    cookie_out: r.opaque(4194304),
    uri_out: r.optional((r) => r.string()),
  }
}
export function readDomainMigratePrepareTunnel3ParamsArgs(r: XdrReader): T.DomainMigratePrepareTunnel3ParamsArgs {
  return {
    params: r.array(64, 12, (r) => readTypedParam(r)),
    cookie_in: r.opaque(4194304),
    flags: r.uint(),
  }
}
export function readDomainMigratePrepareTunnel3ParamsRet(r: XdrReader): T.DomainMigratePrepareTunnel3ParamsRet {
  return {
    cookie_out: r.opaque(4194304),
  }
}
export function readDomainMigratePerform3ParamsArgs(r: XdrReader): T.DomainMigratePerform3ParamsArgs {
  return {
    dom: readDomainHandle(r),
    dconnuri: r.optional((r) => r.string()),
    params: r.array(64, 12, (r) => readTypedParam(r)),
    cookie_in: r.opaque(4194304),
    flags: r.uint(),
  }
}
export function readDomainMigratePerform3ParamsRet(r: XdrReader): T.DomainMigratePerform3ParamsRet {
  return {
    cookie_out: r.opaque(4194304),
  }
}
export function readDomainMigrateFinish3ParamsArgs(r: XdrReader): T.DomainMigrateFinish3ParamsArgs {
  return {
    params: r.array(64, 12, (r) => readTypedParam(r)),
    cookie_in: r.opaque(4194304),
    flags: r.uint(),
    cancelled: r.int(),
  }
}
export function readDomainMigrateFinish3ParamsRet(r: XdrReader): T.DomainMigrateFinish3ParamsRet {
  return {
    dom: readDomainHandle(r),
    cookie_out: r.opaque(4194304),
  }
}
export function readDomainMigrateConfirm3ParamsArgs(r: XdrReader): T.DomainMigrateConfirm3ParamsArgs {
  return {
    dom: readDomainHandle(r),
    params: r.array(64, 12, (r) => readTypedParam(r)),
    cookie_in: r.opaque(4194304),
    flags: r.uint(),
    cancelled: r.int(),
  }
}
export function readDomainEventDeviceRemovedMsg(r: XdrReader): T.DomainEventDeviceRemovedMsg {
  return {
    dom: readDomainHandle(r),
    devAlias: r.string(),
  }
}
export function readDomainEventCallbackDeviceRemovedMsg(r: XdrReader): T.DomainEventCallbackDeviceRemovedMsg {
  return {
    callbackID: r.int(),
    msg: readDomainEventDeviceRemovedMsg(r),
  }
}
export function readDomainEventBlockJob2Msg(r: XdrReader): T.DomainEventBlockJob2Msg {
  return {
    callbackID: r.int(),
    dom: readDomainHandle(r),
    dst: r.string(),
    type: r.int(),
    status: r.int(),
  }
}
export function readDomainEventBlockThresholdMsg(r: XdrReader): T.DomainEventBlockThresholdMsg {
  return {
    callbackID: r.int(),
    dom: readDomainHandle(r),
    dev: r.string(),
    path: r.optional((r) => r.string()),
    threshold: r.uhyper(),
    excess: r.uhyper(),
  }
}
export function readDomainEventCallbackTunableMsg(r: XdrReader): T.DomainEventCallbackTunableMsg {
  return {
    callbackID: r.int(),
    dom: readDomainHandle(r),
    params: r.array(2048, 12, (r) => readTypedParam(r)),
  }
}
export function readDomainEventCallbackDeviceAddedMsg(r: XdrReader): T.DomainEventCallbackDeviceAddedMsg {
  return {
    callbackID: r.int(),
    dom: readDomainHandle(r),
    devAlias: r.string(),
  }
}
export function readConnectEventConnectionClosedMsg(r: XdrReader): T.ConnectEventConnectionClosedMsg {
  return {
    reason: r.int(),
  }
}
export function readConnectGetCpuModelNamesArgs(r: XdrReader): T.ConnectGetCpuModelNamesArgs {
  return {
    arch: r.string(),
    need_results: r.int(),
    flags: r.uint(),
  }
}
export function readConnectGetCpuModelNamesRet(r: XdrReader): T.ConnectGetCpuModelNamesRet {
  return {
    models: r.array(8192, 4, (r) => r.string()),
    ret: r.int(),
  }
}
export function readConnectNetworkEventRegisterAnyArgs(r: XdrReader): T.ConnectNetworkEventRegisterAnyArgs {
  return {
    eventID: r.int(),
    net: r.optional((r) => readNetworkHandle(r)),
  }
}
export function readConnectNetworkEventRegisterAnyRet(r: XdrReader): T.ConnectNetworkEventRegisterAnyRet {
  return {
    callbackID: r.int(),
  }
}
export function readConnectNetworkEventDeregisterAnyArgs(r: XdrReader): T.ConnectNetworkEventDeregisterAnyArgs {
  return {
    callbackID: r.int(),
  }
}
export function readNetworkEventLifecycleMsg(r: XdrReader): T.NetworkEventLifecycleMsg {
  return {
    callbackID: r.int(),
    net: readNetworkHandle(r),
    event: r.int(),
    detail: r.int(),
  }
}
export function readNetworkEventCallbackMetadataChangeMsg(r: XdrReader): T.NetworkEventCallbackMetadataChangeMsg {
  return {
    callbackID: r.int(),
    net: readNetworkHandle(r),
    type: r.int(),
    nsuri: r.optional((r) => r.string()),
  }
}
export function readNetworkSetMetadataArgs(r: XdrReader): T.NetworkSetMetadataArgs {
  return {
    network: readNetworkHandle(r),
    type: r.int(),
    metadata: r.optional((r) => r.string()),
    key: r.optional((r) => r.string()),
    uri: r.optional((r) => r.string()),
    flags: r.uint(),
  }
}
export function readNetworkGetMetadataArgs(r: XdrReader): T.NetworkGetMetadataArgs {
  return {
    network: readNetworkHandle(r),
    type: r.int(),
    uri: r.optional((r) => r.string()),
    flags: r.uint(),
  }
}
export function readNetworkGetMetadataRet(r: XdrReader): T.NetworkGetMetadataRet {
  return {
    metadata: r.string(),
  }
}
export function readConnectStoragePoolEventRegisterAnyArgs(r: XdrReader): T.ConnectStoragePoolEventRegisterAnyArgs {
  return {
    eventID: r.int(),
    pool: r.optional((r) => readStoragePoolHandle(r)),
  }
}
export function readConnectStoragePoolEventRegisterAnyRet(r: XdrReader): T.ConnectStoragePoolEventRegisterAnyRet {
  return {
    callbackID: r.int(),
  }
}
export function readConnectStoragePoolEventDeregisterAnyArgs(r: XdrReader): T.ConnectStoragePoolEventDeregisterAnyArgs {
  return {
    callbackID: r.int(),
  }
}
export function readStoragePoolEventLifecycleMsg(r: XdrReader): T.StoragePoolEventLifecycleMsg {
  return {
    callbackID: r.int(),
    pool: readStoragePoolHandle(r),
    event: r.int(),
    detail: r.int(),
  }
}
export function readStoragePoolEventRefreshMsg(r: XdrReader): T.StoragePoolEventRefreshMsg {
  return {
    callbackID: r.int(),
    pool: readStoragePoolHandle(r),
  }
}
export function readConnectNodeDeviceEventRegisterAnyArgs(r: XdrReader): T.ConnectNodeDeviceEventRegisterAnyArgs {
  return {
    eventID: r.int(),
    dev: r.optional((r) => readNodeDeviceHandle(r)),
  }
}
export function readConnectNodeDeviceEventRegisterAnyRet(r: XdrReader): T.ConnectNodeDeviceEventRegisterAnyRet {
  return {
    callbackID: r.int(),
  }
}
export function readConnectNodeDeviceEventDeregisterAnyArgs(r: XdrReader): T.ConnectNodeDeviceEventDeregisterAnyArgs {
  return {
    callbackID: r.int(),
  }
}
export function readNodeDeviceEventLifecycleMsg(r: XdrReader): T.NodeDeviceEventLifecycleMsg {
  return {
    callbackID: r.int(),
    dev: readNodeDeviceHandle(r),
    event: r.int(),
    detail: r.int(),
  }
}
export function readNodeDeviceEventUpdateMsg(r: XdrReader): T.NodeDeviceEventUpdateMsg {
  return {
    callbackID: r.int(),
    dev: readNodeDeviceHandle(r),
  }
}
export function readDomainFsfreezeArgs(r: XdrReader): T.DomainFsfreezeArgs {
  return {
    dom: readDomainHandle(r),
    mountpoints: r.array(256, 4, (r) => r.string()),
    flags: r.uint(),
  }
}
export function readDomainFsfreezeRet(r: XdrReader): T.DomainFsfreezeRet {
  return {
    filesystems: r.int(),
  }
}
export function readDomainFsthawArgs(r: XdrReader): T.DomainFsthawArgs {
  return {
    dom: readDomainHandle(r),
    mountpoints: r.array(256, 4, (r) => r.string()),
    flags: r.uint(),
  }
}
export function readDomainFsthawRet(r: XdrReader): T.DomainFsthawRet {
  return {
    filesystems: r.int(),
  }
}
export function readNodeGetFreePagesArgs(r: XdrReader): T.NodeGetFreePagesArgs {
  return {
    pages: r.array(1024, 4, (r) => r.uint()),
    startCell: r.int(),
    cellCount: r.uint(),
    flags: r.uint(),
  }
}
export function readNodeGetFreePagesRet(r: XdrReader): T.NodeGetFreePagesRet {
  return {
    counts: r.array(1024, 8, (r) => r.uhyper()),
  }
}
export function readNodeAllocPagesArgs(r: XdrReader): T.NodeAllocPagesArgs {
  return {
    pageSizes: r.array(1024, 4, (r) => r.uint()),
    pageCounts: r.array(1024, 8, (r) => r.uhyper()),
    startCell: r.int(),
    cellCount: r.uint(),
    flags: r.uint(),
  }
}
export function readNodeAllocPagesRet(r: XdrReader): T.NodeAllocPagesRet {
  return {
    ret: r.int(),
  }
}
export function readNetworkDhcpLease(r: XdrReader): T.NetworkDhcpLease {
  return {
    iface: r.string(),
    expirytime: r.hyper(),
    type: r.int(),
    mac: r.optional((r) => r.string()),
    iaid: r.optional((r) => r.string()),
    ipaddr: r.string(),
    prefix: r.uint(),
    hostname: r.optional((r) => r.string()),
    clientid: r.optional((r) => r.string()),
  }
}
export function readNetworkGetDhcpLeasesArgs(r: XdrReader): T.NetworkGetDhcpLeasesArgs {
  return {
    net: readNetworkHandle(r),
    mac: r.optional((r) => r.string()),
    need_results: r.int(),
    flags: r.uint(),
  }
}
export function readNetworkGetDhcpLeasesRet(r: XdrReader): T.NetworkGetDhcpLeasesRet {
  return {
    leases: r.array(65536, 40, (r) => readNetworkDhcpLease(r)),
    ret: r.uint(),
  }
}
export function readDomainStatsRecord(r: XdrReader): T.DomainStatsRecord {
  return {
    dom: readDomainHandle(r),
    params: r.array(262144, 12, (r) => readTypedParam(r)),
  }
}
export function readConnectGetAllDomainStatsArgs(r: XdrReader): T.ConnectGetAllDomainStatsArgs {
  return {
    doms: r.array(16384, 24, (r) => readDomainHandle(r)),
    stats: r.uint(),
    flags: r.uint(),
  }
}
export function readDomainEventCallbackAgentLifecycleMsg(r: XdrReader): T.DomainEventCallbackAgentLifecycleMsg {
  return {
    callbackID: r.int(),
    dom: readDomainHandle(r),
    state: r.int(),
    reason: r.int(),
  }
}
export function readConnectGetAllDomainStatsRet(r: XdrReader): T.ConnectGetAllDomainStatsRet {
  return {
    retStats: r.array(16384, 28, (r) => readDomainStatsRecord(r)),
  }
}
export function readDomainFsinfo(r: XdrReader): T.DomainFsinfo {
  return {
    mountpoint: r.string(),
    name: r.string(),
    fstype: r.string(),
    dev_aliases: r.array(256, 4, (r) => r.string()),
  }
}
export function readDomainGetFsinfoArgs(r: XdrReader): T.DomainGetFsinfoArgs {
  return {
    dom: readDomainHandle(r),
    flags: r.uint(),
  }
}
export function readDomainGetFsinfoRet(r: XdrReader): T.DomainGetFsinfoRet {
  return {
    info: r.array(256, 16, (r) => readDomainFsinfo(r)),
    ret: r.uint(),
  }
}
export function readDomainIpAddr(r: XdrReader): T.DomainIpAddr {
  return {
    type: r.int(),
    addr: r.string(),
    prefix: r.uint(),
  }
}
export function readDomainInterface(r: XdrReader): T.DomainInterface {
  return {
    name: r.string(),
    hwaddr: r.optional((r) => r.string()),
    addrs: r.array(2048, 12, (r) => readDomainIpAddr(r)),
  }
}
export function readDomainInterfaceAddressesArgs(r: XdrReader): T.DomainInterfaceAddressesArgs {
  return {
    dom: readDomainHandle(r),
    source: r.uint(),
    flags: r.uint(),
  }
}
export function readDomainInterfaceAddressesRet(r: XdrReader): T.DomainInterfaceAddressesRet {
  return {
    ifaces: r.array(2048, 12, (r) => readDomainInterface(r)),
  }
}
export function readDomainSetUserPasswordArgs(r: XdrReader): T.DomainSetUserPasswordArgs {
  return {
    dom: readDomainHandle(r),
    user: r.optional((r) => r.string()),
    password: r.optional((r) => r.string()),
    flags: r.uint(),
  }
}
export function readDomainRenameArgs(r: XdrReader): T.DomainRenameArgs {
  return {
    dom: readDomainHandle(r),
    new_name: r.optional((r) => r.string()),
    flags: r.uint(),
  }
}
export function readDomainRenameRet(r: XdrReader): T.DomainRenameRet {
  return {
    retcode: r.int(),
  }
}
export function readDomainEventCallbackMigrationIterationMsg(r: XdrReader): T.DomainEventCallbackMigrationIterationMsg {
  return {
    callbackID: r.int(),
    dom: readDomainHandle(r),
    iteration: r.int(),
  }
}
export function readDomainEventCallbackJobCompletedMsg(r: XdrReader): T.DomainEventCallbackJobCompletedMsg {
  return {
    callbackID: r.int(),
    dom: readDomainHandle(r),
    params: r.array(64, 12, (r) => readTypedParam(r)),
  }
}
export function readDomainMigrateStartPostCopyArgs(r: XdrReader): T.DomainMigrateStartPostCopyArgs {
  return {
    dom: readDomainHandle(r),
    flags: r.uint(),
  }
}
export function readDomainEventCallbackDeviceRemovalFailedMsg(r: XdrReader): T.DomainEventCallbackDeviceRemovalFailedMsg {
  return {
    callbackID: r.int(),
    dom: readDomainHandle(r),
    devAlias: r.string(),
  }
}
export function readDomainGetGuestVcpusArgs(r: XdrReader): T.DomainGetGuestVcpusArgs {
  return {
    dom: readDomainHandle(r),
    flags: r.uint(),
  }
}
export function readDomainGetGuestVcpusRet(r: XdrReader): T.DomainGetGuestVcpusRet {
  return {
    params: r.array(64, 12, (r) => readTypedParam(r)),
  }
}
export function readDomainSetGuestVcpusArgs(r: XdrReader): T.DomainSetGuestVcpusArgs {
  return {
    dom: readDomainHandle(r),
    cpumap: r.string(),
    state: r.int(),
    flags: r.uint(),
  }
}
export function readDomainSetVcpuArgs(r: XdrReader): T.DomainSetVcpuArgs {
  return {
    dom: readDomainHandle(r),
    cpumap: r.string(),
    state: r.int(),
    flags: r.uint(),
  }
}
export function readDomainEventCallbackMetadataChangeMsg(r: XdrReader): T.DomainEventCallbackMetadataChangeMsg {
  return {
    callbackID: r.int(),
    dom: readDomainHandle(r),
    type: r.int(),
    nsuri: r.optional((r) => r.string()),
  }
}
export function readDomainEventMemoryFailureMsg(r: XdrReader): T.DomainEventMemoryFailureMsg {
  return {
    callbackID: r.int(),
    dom: readDomainHandle(r),
    recipient: r.int(),
    action: r.int(),
    flags: r.uint(),
  }
}
export function readConnectSecretEventRegisterAnyArgs(r: XdrReader): T.ConnectSecretEventRegisterAnyArgs {
  return {
    eventID: r.int(),
    secret: r.optional((r) => readSecretHandle(r)),
  }
}
export function readConnectSecretEventRegisterAnyRet(r: XdrReader): T.ConnectSecretEventRegisterAnyRet {
  return {
    callbackID: r.int(),
  }
}
export function readConnectSecretEventDeregisterAnyArgs(r: XdrReader): T.ConnectSecretEventDeregisterAnyArgs {
  return {
    callbackID: r.int(),
  }
}
export function readSecretEventLifecycleMsg(r: XdrReader): T.SecretEventLifecycleMsg {
  return {
    callbackID: r.int(),
    secret: readSecretHandle(r),
    event: r.int(),
    detail: r.int(),
  }
}
export function readSecretEventValueChangedMsg(r: XdrReader): T.SecretEventValueChangedMsg {
  return {
    callbackID: r.int(),
    secret: readSecretHandle(r),
  }
}
export function readDomainSetBlockThresholdArgs(r: XdrReader): T.DomainSetBlockThresholdArgs {
  return {
    dom: readDomainHandle(r),
    dev: r.string(),
    threshold: r.uhyper(),
    flags: r.uint(),
  }
}
export function readDomainSetLifecycleActionArgs(r: XdrReader): T.DomainSetLifecycleActionArgs {
  return {
    dom: readDomainHandle(r),
    type: r.uint(),
    action: r.uint(),
    flags: r.uint(),
  }
}
export function readConnectCompareHypervisorCpuArgs(r: XdrReader): T.ConnectCompareHypervisorCpuArgs {
  return {
    emulator: r.optional((r) => r.string()),
    arch: r.optional((r) => r.string()),
    machine: r.optional((r) => r.string()),
    virttype: r.optional((r) => r.string()),
    xmlCPU: r.string(),
    flags: r.uint(),
  }
}
export function readConnectCompareHypervisorCpuRet(r: XdrReader): T.ConnectCompareHypervisorCpuRet {
  return {
    result: r.int(),
  }
}
export function readConnectBaselineHypervisorCpuArgs(r: XdrReader): T.ConnectBaselineHypervisorCpuArgs {
  return {
    emulator: r.optional((r) => r.string()),
    arch: r.optional((r) => r.string()),
    machine: r.optional((r) => r.string()),
    virttype: r.optional((r) => r.string()),
    xmlCPUs: r.array(256, 4, (r) => r.string()),
    flags: r.uint(),
  }
}
export function readConnectBaselineHypervisorCpuRet(r: XdrReader): T.ConnectBaselineHypervisorCpuRet {
  return {
    cpu: r.string(),
  }
}
export function readNodeGetSevInfoArgs(r: XdrReader): T.NodeGetSevInfoArgs {
  return {
    nparams: r.int(),
    flags: r.uint(),
  }
}
export function readNodeGetSevInfoRet(r: XdrReader): T.NodeGetSevInfoRet {
  return {
    params: r.array(64, 12, (r) => readTypedParam(r)),
    nparams: r.int(),
  }
}
export function readDomainGetLaunchSecurityInfoArgs(r: XdrReader): T.DomainGetLaunchSecurityInfoArgs {
  return {
    dom: readDomainHandle(r),
    flags: r.uint(),
  }
}
export function readDomainGetLaunchSecurityInfoRet(r: XdrReader): T.DomainGetLaunchSecurityInfoRet {
  return {
    params: r.array(64, 12, (r) => readTypedParam(r)),
  }
}
export function readDomainSetLaunchSecurityStateArgs(r: XdrReader): T.DomainSetLaunchSecurityStateArgs {
  return {
    dom: readDomainHandle(r),
    params: r.array(64, 12, (r) => readTypedParam(r)),
    flags: r.uint(),
  }
}
export function readNwfilterBindingLookupByPortDevArgs(r: XdrReader): T.NwfilterBindingLookupByPortDevArgs {
  return {
    name: r.string(),
  }
}
export function readNwfilterBindingLookupByPortDevRet(r: XdrReader): T.NwfilterBindingLookupByPortDevRet {
  return {
    nwfilter: readNwfilterBindingHandle(r),
  }
}
export function readNwfilterBindingCreateXmlArgs(r: XdrReader): T.NwfilterBindingCreateXmlArgs {
  return {
    xml: r.string(),
    flags: r.uint(),
  }
}
export function readNwfilterBindingCreateXmlRet(r: XdrReader): T.NwfilterBindingCreateXmlRet {
  return {
    nwfilter: readNwfilterBindingHandle(r),
  }
}
export function readNwfilterBindingDeleteArgs(r: XdrReader): T.NwfilterBindingDeleteArgs {
  return {
    nwfilter: readNwfilterBindingHandle(r),
  }
}
export function readNwfilterBindingGetXmlDescArgs(r: XdrReader): T.NwfilterBindingGetXmlDescArgs {
  return {
    nwfilter: readNwfilterBindingHandle(r),
    flags: r.uint(),
  }
}
export function readNwfilterBindingGetXmlDescRet(r: XdrReader): T.NwfilterBindingGetXmlDescRet {
  return {
    xml: r.string(),
  }
}
export function readConnectListAllNwfilterBindingsArgs(r: XdrReader): T.ConnectListAllNwfilterBindingsArgs {
  return {
    need_results: r.int(),
    flags: r.uint(),
  }
}
export function readConnectListAllNwfilterBindingsRet(r: XdrReader): T.ConnectListAllNwfilterBindingsRet {
  return {
    bindings: r.array(16384, 8, (r) => readNwfilterBindingHandle(r)),
    ret: r.uint(),
  }
}
export function readConnectGetStoragePoolCapabilitiesArgs(r: XdrReader): T.ConnectGetStoragePoolCapabilitiesArgs {
  return {
    flags: r.uint(),
  }
}
export function readConnectGetStoragePoolCapabilitiesRet(r: XdrReader): T.ConnectGetStoragePoolCapabilitiesRet {
  return {
    capabilities: r.string(),
  }
}
export function readNetworkListAllPortsArgs(r: XdrReader): T.NetworkListAllPortsArgs {
  return {
    network: readNetworkHandle(r),
    need_results: r.int(),
    flags: r.uint(),
  }
}
export function readNetworkListAllPortsRet(r: XdrReader): T.NetworkListAllPortsRet {
  return {
    ports: r.array(16384, 36, (r) => readNetworkPortHandle(r)),
    ret: r.uint(),
  }
}
export function readNetworkPortLookupByUuidArgs(r: XdrReader): T.NetworkPortLookupByUuidArgs {
  return {
    network: readNetworkHandle(r),
    uuid: r.uuid(),
  }
}
export function readNetworkPortLookupByUuidRet(r: XdrReader): T.NetworkPortLookupByUuidRet {
  return {
    port: readNetworkPortHandle(r),
  }
}
export function readNetworkPortCreateXmlArgs(r: XdrReader): T.NetworkPortCreateXmlArgs {
  return {
    network: readNetworkHandle(r),
    xml: r.string(),
    flags: r.uint(),
  }
}
export function readNetworkPortCreateXmlRet(r: XdrReader): T.NetworkPortCreateXmlRet {
  return {
    port: readNetworkPortHandle(r),
  }
}
export function readNetworkPortSetParametersArgs(r: XdrReader): T.NetworkPortSetParametersArgs {
  return {
    port: readNetworkPortHandle(r),
    params: r.array(16, 12, (r) => readTypedParam(r)),
    flags: r.uint(),
  }
}
export function readNetworkPortGetParametersArgs(r: XdrReader): T.NetworkPortGetParametersArgs {
  return {
    port: readNetworkPortHandle(r),
    nparams: r.int(),
    flags: r.uint(),
  }
}
export function readNetworkPortGetParametersRet(r: XdrReader): T.NetworkPortGetParametersRet {
  return {
    params: r.array(16, 12, (r) => readTypedParam(r)),
    nparams: r.int(),
  }
}
export function readNetworkPortGetXmlDescArgs(r: XdrReader): T.NetworkPortGetXmlDescArgs {
  return {
    port: readNetworkPortHandle(r),
    flags: r.uint(),
  }
}
export function readNetworkPortGetXmlDescRet(r: XdrReader): T.NetworkPortGetXmlDescRet {
  return {
    xml: r.string(),
  }
}
export function readNetworkPortDeleteArgs(r: XdrReader): T.NetworkPortDeleteArgs {
  return {
    port: readNetworkPortHandle(r),
    flags: r.uint(),
  }
}
export function readDomainCheckpointCreateXmlArgs(r: XdrReader): T.DomainCheckpointCreateXmlArgs {
  return {
    dom: readDomainHandle(r),
    xml_desc: r.string(),
    flags: r.uint(),
  }
}
export function readDomainCheckpointCreateXmlRet(r: XdrReader): T.DomainCheckpointCreateXmlRet {
  return {
    checkpoint: readDomainCheckpointHandle(r),
  }
}
export function readDomainCheckpointGetXmlDescArgs(r: XdrReader): T.DomainCheckpointGetXmlDescArgs {
  return {
    checkpoint: readDomainCheckpointHandle(r),
    flags: r.uint(),
  }
}
export function readDomainCheckpointGetXmlDescRet(r: XdrReader): T.DomainCheckpointGetXmlDescRet {
  return {
    xml: r.string(),
  }
}
export function readDomainListAllCheckpointsArgs(r: XdrReader): T.DomainListAllCheckpointsArgs {
  return {
    dom: readDomainHandle(r),
    need_results: r.int(),
    flags: r.uint(),
  }
}
export function readDomainListAllCheckpointsRet(r: XdrReader): T.DomainListAllCheckpointsRet {
  return {
    checkpoints: r.array(16384, 28, (r) => readDomainCheckpointHandle(r)),
    ret: r.int(),
  }
}
export function readDomainCheckpointListAllChildrenArgs(r: XdrReader): T.DomainCheckpointListAllChildrenArgs {
  return {
    checkpoint: readDomainCheckpointHandle(r),
    need_results: r.int(),
    flags: r.uint(),
  }
}
export function readDomainCheckpointListAllChildrenRet(r: XdrReader): T.DomainCheckpointListAllChildrenRet {
  return {
    checkpoints: r.array(16384, 28, (r) => readDomainCheckpointHandle(r)),
    ret: r.int(),
  }
}
export function readDomainCheckpointLookupByNameArgs(r: XdrReader): T.DomainCheckpointLookupByNameArgs {
  return {
    dom: readDomainHandle(r),
    name: r.string(),
    flags: r.uint(),
  }
}
export function readDomainCheckpointLookupByNameRet(r: XdrReader): T.DomainCheckpointLookupByNameRet {
  return {
    checkpoint: readDomainCheckpointHandle(r),
  }
}
export function readDomainCheckpointGetParentArgs(r: XdrReader): T.DomainCheckpointGetParentArgs {
  return {
    checkpoint: readDomainCheckpointHandle(r),
    flags: r.uint(),
  }
}
export function readDomainCheckpointGetParentRet(r: XdrReader): T.DomainCheckpointGetParentRet {
  return {
    parent: readDomainCheckpointHandle(r),
  }
}
export function readDomainCheckpointDeleteArgs(r: XdrReader): T.DomainCheckpointDeleteArgs {
  return {
    checkpoint: readDomainCheckpointHandle(r),
    flags: r.uint(),
  }
}
export function readDomainGetGuestInfoArgs(r: XdrReader): T.DomainGetGuestInfoArgs {
  return {
    dom: readDomainHandle(r),
    types: r.uint(),
    flags: r.uint(),
  }
}
export function readDomainGetGuestInfoRet(r: XdrReader): T.DomainGetGuestInfoRet {
  return {
    params: r.array(2048, 12, (r) => readTypedParam(r)),
  }
}
export function readConnectSetIdentityArgs(r: XdrReader): T.ConnectSetIdentityArgs {
  return {
    params: r.array(20, 12, (r) => readTypedParam(r)),
    flags: r.uint(),
  }
}
export function readDomainAgentSetResponseTimeoutArgs(r: XdrReader): T.DomainAgentSetResponseTimeoutArgs {
  return {
    dom: readDomainHandle(r),
    timeout: r.int(),
    flags: r.uint(),
  }
}
export function readDomainAgentSetResponseTimeoutRet(r: XdrReader): T.DomainAgentSetResponseTimeoutRet {
  return {
    result: r.int(),
  }
}
export function readDomainBackupBeginArgs(r: XdrReader): T.DomainBackupBeginArgs {
  return {
    dom: readDomainHandle(r),
    backup_xml: r.string(),
    checkpoint_xml: r.optional((r) => r.string()),
    flags: r.uint(),
  }
}
export function readDomainBackupGetXmlDescArgs(r: XdrReader): T.DomainBackupGetXmlDescArgs {
  return {
    dom: readDomainHandle(r),
    flags: r.uint(),
  }
}
export function readDomainBackupGetXmlDescRet(r: XdrReader): T.DomainBackupGetXmlDescRet {
  return {
    xml: r.string(),
  }
}
export function readDomainAuthorizedSshKeysGetArgs(r: XdrReader): T.DomainAuthorizedSshKeysGetArgs {
  return {
    dom: readDomainHandle(r),
    user: r.string(),
    flags: r.uint(),
  }
}
export function readDomainAuthorizedSshKeysGetRet(r: XdrReader): T.DomainAuthorizedSshKeysGetRet {
  return {
    keys: r.array(2048, 4, (r) => r.string()),
  }
}
export function readDomainAuthorizedSshKeysSetArgs(r: XdrReader): T.DomainAuthorizedSshKeysSetArgs {
  return {
    dom: readDomainHandle(r),
    user: r.string(),
    keys: r.array(2048, 4, (r) => r.string()),
    flags: r.uint(),
  }
}
export function readDomainGetMessagesArgs(r: XdrReader): T.DomainGetMessagesArgs {
  return {
    dom: readDomainHandle(r),
    flags: r.uint(),
  }
}
export function readDomainGetMessagesRet(r: XdrReader): T.DomainGetMessagesRet {
  return {
    msgs: r.array(2048, 4, (r) => r.string()),
  }
}
export function readDomainStartDirtyRateCalcArgs(r: XdrReader): T.DomainStartDirtyRateCalcArgs {
  return {
    dom: readDomainHandle(r),
    seconds: r.int(),
    flags: r.uint(),
  }
}
export function readDomainGraphicsReloadArgs(r: XdrReader): T.DomainGraphicsReloadArgs {
  return {
    dom: readDomainHandle(r),
    type: r.uint(),
    flags: r.uint(),
  }
}
export function readDomainEventMemoryDeviceSizeChangeMsg(r: XdrReader): T.DomainEventMemoryDeviceSizeChangeMsg {
  return {
    callbackID: r.int(),
    dom: readDomainHandle(r),
    alias: r.string(),
    size: r.uhyper(),
  }
}
export function readDomainFdAssociateArgs(r: XdrReader): T.DomainFdAssociateArgs {
  return {
    dom: readDomainHandle(r),
    name: r.string(),
    flags: r.uint(),
  }
}
export function readDomainGetAutostartOnceArgs(r: XdrReader): T.DomainGetAutostartOnceArgs {
  return {
    dom: readDomainHandle(r),
  }
}
export function readDomainGetAutostartOnceRet(r: XdrReader): T.DomainGetAutostartOnceRet {
  return {
    autostart: r.int(),
  }
}
export function readDomainSetAutostartOnceArgs(r: XdrReader): T.DomainSetAutostartOnceArgs {
  return {
    dom: readDomainHandle(r),
    autostart: r.int(),
  }
}
export function readDomainEventNicMacChangeMsg(r: XdrReader): T.DomainEventNicMacChangeMsg {
  return {
    callbackID: r.int(),
    dom: readDomainHandle(r),
    alias: r.string(),
    oldMAC: r.string(),
    newMAC: r.string(),
  }
}
export function readTypedParamValue(r: XdrReader): T.TypedParamValue {
  const type = r.int()
  switch (type) {
    case 1: return { type, value: r.int() }
    case 2: return { type, value: r.uint() }
    case 3: return { type, value: r.hyper() }
    case 4: return { type, value: r.uhyper() }
    case 5: return { type, value: r.double() }
    case 6: return { type, value: r.int() }
    case 7: return { type, value: r.string() }
    default: throw new RpcProtocolError(`remote_typed_param_value has no case ${type}`)
  }
}
export function readDomainEventVcpuRemovedMsg(r: XdrReader): T.DomainEventVcpuRemovedMsg {
  return {
    callbackID: r.int(),
    dom: readDomainHandle(r),
    vcpuid: r.uint(),
  }
}
export function readDomainEventCallbackChannelLifecycleMsg(r: XdrReader): T.DomainEventCallbackChannelLifecycleMsg {
  return {
    callbackID: r.int(),
    dom: readDomainHandle(r),
    channelName: r.string(),
    state: r.int(),
    reason: r.int(),
  }
}
export function readDomainAnnounceInterfaceArgs(r: XdrReader): T.DomainAnnounceInterfaceArgs {
  return {
    dom: readDomainHandle(r),
    device: r.optional((r) => r.string()),
    params: r.array(33554408, 12, (r) => readTypedParam(r)),
    flags: r.uint(),
  }
}
export function readQemuDomainMonitorCommandArgs(r: XdrReader): T.QemuDomainMonitorCommandArgs {
  return {
    dom: readDomainHandle(r),
    cmd: r.string(),
    flags: r.uint(),
  }
}
export function readQemuDomainMonitorCommandRet(r: XdrReader): T.QemuDomainMonitorCommandRet {
  return {
    result: r.string(),
  }
}
export function readQemuDomainAttachArgs(r: XdrReader): T.QemuDomainAttachArgs {
  return {
    pid_value: r.uint(),
    flags: r.uint(),
  }
}
export function readQemuDomainAttachRet(r: XdrReader): T.QemuDomainAttachRet {
  return {
    dom: readDomainHandle(r),
  }
}
export function readQemuDomainAgentCommandArgs(r: XdrReader): T.QemuDomainAgentCommandArgs {
  return {
    dom: readDomainHandle(r),
    cmd: r.string(),
    timeout: r.int(),
    flags: r.uint(),
  }
}
export function readQemuDomainAgentCommandRet(r: XdrReader): T.QemuDomainAgentCommandRet {
  return {
    result: r.optional((r) => r.string()),
  }
}
export function readQemuConnectDomainMonitorEventRegisterArgs(r: XdrReader): T.QemuConnectDomainMonitorEventRegisterArgs {
  return {
    dom: r.optional((r) => readDomainHandle(r)),
    event: r.optional((r) => r.string()),
    flags: r.uint(),
  }
}
export function readQemuConnectDomainMonitorEventRegisterRet(r: XdrReader): T.QemuConnectDomainMonitorEventRegisterRet {
  return {
    callbackID: r.int(),
  }
}
export function readQemuConnectDomainMonitorEventDeregisterArgs(r: XdrReader): T.QemuConnectDomainMonitorEventDeregisterArgs {
  return {
    callbackID: r.int(),
  }
}
export function readQemuDomainMonitorEventMsg(r: XdrReader): T.QemuDomainMonitorEventMsg {
  return {
    callbackID: r.int(),
    dom: readDomainHandle(r),
    event: r.string(),
    seconds: r.hyper(),
    micros: r.uint(),
    details: r.optional((r) => r.string()),
  }
}
export function readQemuDomainMonitorCommandWithFilesArgs(r: XdrReader): T.QemuDomainMonitorCommandWithFilesArgs {
  return {
    dom: readDomainHandle(r),
    cmd: r.string(),
    flags: r.uint(),
  }
}
export function readQemuDomainMonitorCommandWithFilesRet(r: XdrReader): T.QemuDomainMonitorCommandWithFilesRet {
  return {
    result: r.string(),
  }
}
export function readLxcDomainOpenNamespaceArgs(r: XdrReader): T.LxcDomainOpenNamespaceArgs {
  return {
    dom: readDomainHandle(r),
    flags: r.uint(),
  }
}
