/**
 * libvirt's typed parameters (stats, job data, tunables) as a map from field to plain value, and back for calls that
 * take them. Fields this libvirt does not report are simply absent.
 */
import { virTypedParameterType } from './generated/enums.gen'
import type { TypedParam } from './generated/types.gen'
import type { Hyper } from './xdr/limits'

export type ParamValue = Hyper | boolean | string
export type ParamType = 'int' | 'uint' | 'llong' | 'ullong' | 'double' | 'boolean' | 'string'

const { VIR_TYPED_PARAM_BOOLEAN, VIR_TYPED_PARAM_STRING, VIR_TYPED_PARAM_DOUBLE } = virTypedParameterType
const { VIR_TYPED_PARAM_INT, VIR_TYPED_PARAM_UINT, VIR_TYPED_PARAM_LLONG, VIR_TYPED_PARAM_ULLONG } =
  virTypedParameterType

/** Field to value; a field given twice keeps its last value. */
export function paramMap(params: readonly TypedParam[]): Map<string, ParamValue> {
  const map = new Map<string, ParamValue>()
  for (const { field, value } of params) {
    map.set(field, value.type === VIR_TYPED_PARAM_BOOLEAN ? value.value !== 0 : value.value)
  }
  return map
}

/** One parameter for a call. Throws when the value does not suit the type. */
export function typedParam(field: string, type: ParamType, value: ParamValue): TypedParam {
  switch (type) {
    case 'int':
      return { field, value: { type: VIR_TYPED_PARAM_INT, value: asNumber(value) } }
    case 'uint':
      return { field, value: { type: VIR_TYPED_PARAM_UINT, value: asNumber(value) } }
    case 'llong':
      return { field, value: { type: VIR_TYPED_PARAM_LLONG, value: asHyper(value) } }
    case 'ullong':
      return { field, value: { type: VIR_TYPED_PARAM_ULLONG, value: asHyper(value) } }
    case 'double':
      return { field, value: { type: VIR_TYPED_PARAM_DOUBLE, value: asNumber(value) } }
    case 'boolean':
      return { field, value: { type: VIR_TYPED_PARAM_BOOLEAN, value: value === true ? 1 : 0 } }
    case 'string':
      return { field, value: { type: VIR_TYPED_PARAM_STRING, value: String(value) } }
  }
}

/** A 64-bit value as a number; beyond 2^53 it is rounded, which no gauge or counter we show minds. */
export const hyperNumber = (value: Hyper): number => Number(value)

function asNumber(value: ParamValue): number {
  if (typeof value === 'number') return value
  throw new TypeError(`${String(value)} is not a number`)
}

function asHyper(value: ParamValue): Hyper {
  if (typeof value === 'number' || typeof value === 'bigint') return value
  throw new TypeError(`${String(value)} is not an integer`)
}
