{% macro given(cells) -%}
    {#- Conditions in `cells`, one row a school year, school and field: the sum of its stages, else the whole. -#}
    select
        school_year,
        school_code,
        field,
        sum(case when stage <> 'whole' then value end) as staged,
        max(case when stage = 'whole' then value end) as whole,
        count(case when stage <> 'whole' then value end) as stages_given,
        coalesce(staged, whole) as total
    from {{ cells }}
    where dataset = 'conditions'
    group by school_year, school_code, field
{%- endmacro %}


{% macro with_year_before(relation, keys) -%}
    {#- Rows of `relation` as `today`, with those of the same keys a year before as `before`. -#}
    {{ relation }} as today
    inner join {{ relation }} as before
        on today.school_year = before.school_year + 1
    {%- for key in ['school_code'] + keys %}
            and today.{{ key }} = before.{{ key }}
    {%- endfor %}
{%- endmacro %}


{% macro large_change(row, found, expected) -%}
    {#- True where pupils differ by more than the dated share and by more than a handful. -#}
    abs({{ found }} - {{ expected }}) > {{ expected }} * {{ parameter('pupils_change_share', row=row) }}
    and abs({{ found }} - {{ expected }}) >= {{ parameter('pupils_change_least', row=row) }}
{%- endmacro %}


{% macro times_apart(one, other) -%}
    {#- How many times the larger of two figures is the smaller; null unless both are above 0. -#}
    case
        when {{ one }} > 0 and {{ other }} > 0
            then greatest(({{ one }}) / ({{ other }}), ({{ other }}) / ({{ one }}))
    end
{%- endmacro %}


{% macro by_its_own_standard(figures) -%}
    {#- Keeps the figures of the standard in force in their year, examples left out. -#}
    inner join {{ ref('standards') }} as standards
        on {{ figures }}.standard_code = standards.standard_code
            and not standards.is_example
            and make_date({{ figures }}.school_year, 9, 1) between standards.valid_from and standards.valid_to
{%- endmacro %}
