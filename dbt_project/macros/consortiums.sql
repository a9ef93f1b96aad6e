{% macro school_year_of(day) -%}
    {#- The school year a day falls in: from September on the year, before that the year before. -#}
    cast(year({{ day }}) - case when month({{ day }}) < 9 then 1 else 0 end as integer)
{%- endmacro %}


{% macro was_member(members, consortium, school, day) -%}
    {#- Joins the membership in force on a day; joining day and last day both count. -#}
    {{ members }}.consortium_code = {{ consortium }}
        and {{ members }}.school_code = {{ school }}
        and {{ day }} between {{ members }}.joined_on and {{ members }}.last_day
{%- endmacro %}


{% macro kilometres(one, other) -%}
    {#- Great-circle distance between two rows with longitude and latitude; null where either has no place. -#}
    12742.0 * asin(sqrt(
        power(sin(radians({{ one }}.latitude - {{ other }}.latitude) / 2), 2)
        + cos(radians({{ one }}.latitude)) * cos(radians({{ other }}.latitude))
        * power(sin(radians({{ one }}.longitude - {{ other }}.longitude) / 2), 2)
    ))
{%- endmacro %}


{% macro pooled_value(role) -%}
    {#- The value of the schools of one role taken together: sum over sum, never a mean of ratios. -#}
    {{ indicator_value(
        'any_value(scale)',
        'sum(case when role = ' ~ role ~ ' then numerator end)',
        'sum(case when role = ' ~ role ~ ' then denominator end)'
    ) }}
{%- endmacro %}


{% macro gap_trend(now, before, row) -%}
    {#- Whether a gap, on whichever side, has closed or widened by more than the dated share of what it was. -#}
    case
        when {{ now }} is null or {{ before }} is null then 'unknown'
        when abs({{ now }}) < abs({{ before }}) * (1 - {{ parameter('gap_change_share', row=row) }}) then 'closing'
        when abs({{ now }}) > abs({{ before }}) * (1 + {{ parameter('gap_change_share', row=row) }}) then 'widening'
        else 'steady'
    end
{%- endmacro %}
