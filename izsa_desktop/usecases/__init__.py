"""One function per thing a person does: values, progress and cancel in, a value out. No Qt."""
