{% macro rounding_changes_side(row) -%}
    {#- True when the value as printed stands on another side of the threshold or floor than the value as computed. -#}
    coalesce(
        ({{ rounds_to_at_least(row, 'threshold') }}) <> ({{ row }}.status = 'met')
        or ({{ rounds_to_at_least(row, 'floor_value') }}) <> ({{ row }}.status in ('met', 'near')),
        false
    )
{%- endmacro %}


{% macro rounds_to_at_least(row, line) -%}
    {#- The half-up rounding of the official forms; the last term keeps 0.125 and the like from falling by binary noise. -#}
    floor({{ row }}.value * power(10, {{ row }}.decimals) + 0.5 + 1e-9) / power(10, {{ row }}.decimals)
    >= {{ row }}.{{ line }} - 1e-9
{%- endmacro %}
