import { type Ref, type TextareaHTMLAttributes, useLayoutEffect, useRef } from 'react';

interface Props extends TextareaHTMLAttributes<HTMLTextAreaElement> {
  value: string;
  ref?: Ref<HTMLTextAreaElement>;
}

/** A field as tall as its words; its value is never touched while an input method composes. */
export function GrowingText({ value, ref, ...rest }: Props) {
  const own = useRef<HTMLTextAreaElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the words and nothing else
  useLayoutEffect(() => {
    const field = own.current;
    if (field === null) return;
    field.style.height = 'auto';
    field.style.height = `${field.scrollHeight}px`;
  }, [value]);
  const take = (field: HTMLTextAreaElement | null) => {
    own.current = field;
    if (typeof ref === 'function') ref(field);
    else if (ref) ref.current = field;
  };
  return <textarea ref={take} value={value} rows={1} {...rest} />;
}
