import { expect, it } from 'vitest'
import { paramMap, typedParam } from './typed-params'

it('typed parameters survive the way to a map, booleans as booleans', () => {
  const params = [
    typedParam('state.state', 'int', 1),
    typedParam('cpu.time', 'ullong', 2n ** 60n),
    typedParam('balloon.rate', 'double', 0.5),
    typedParam('vcpu.0.halted', 'boolean', true),
    typedParam('block.0.name', 'string', 'vda'),
  ]
  expect(params[3]).toEqual({ field: 'vcpu.0.halted', value: { type: 6, value: 1 } })
  expect([...paramMap(params)]).toEqual([
    ['state.state', 1],
    ['cpu.time', 2n ** 60n],
    ['balloon.rate', 0.5],
    ['vcpu.0.halted', true],
    ['block.0.name', 'vda'],
  ])
})

it('a typed parameter refuses a value of another kind', () => {
  expect(() => typedParam('weight', 'uint', 'heavy')).toThrow(TypeError)
  expect(() => typedParam('quota', 'llong', true)).toThrow(TypeError)
})
