{% macro resolve_references(refs, register) -%}
    {#-
        The code each (school_year, school_ref) of `refs` stands for among the schools of `register`, and how
        it was found, the surest way first: the code itself; a name of the same year; a name of any year, a
        former name or an alias; a name without its county or township; a code whose leading zeros were lost.
        What fits several schools in its surest way is ambiguous and stands for itself. The county is the one
        named in the parameters, and the one that most names of the register begin with.
    -#}
    with

    prefixes as (
        select
            regexp_extract(name_key, '^[^县区市旗]{1,6}[县区市旗]') as county_name,
            count(distinct school_code) as schools
        from {{ register }}
        group by county_name
    ),

    county as (
        select {{ normal_name('max(value)') }} as county_name
        from {{ ref('county') }}
        where key = 'county_name'
        union
        select arg_max(county_name, schools) as county_name
        from prefixes
        where county_name <> '' and schools > 1
    ),

    names as (
        select null as school_year, school_code, school_code as name_key, 1 as step from {{ register }}
        union
        select school_year, school_code, name_key, 2 as step from {{ register }}
        union
        select null as school_year, school_code, name_key, 3 as step from {{ register }}
        union
        select
            null as school_year,
            school_code,
            {{ normal_name("unnest(string_split(former_names, '|'))") }} as name_key,
            3 as step
        from {{ register }}
        where former_names <> ''
        union
        select null as school_year, school_code, {{ normal_name('alias') }} as name_key, 3 as step
        from {{ ref('school_aliases') }}
        union
        select
            null as school_year,
            register.school_code,
            unnest([
                {{ without_prefix('register.name_key', 'county.county_name') }},
                {{ without_prefix('register.name_key', 'register.township') }},
                {{ without_prefix(
                    without_prefix('register.name_key', 'county.county_name'), 'register.township'
                ) }}
            ]) as name_key,
            4 as step
        from {{ register }} as register
        cross join county
    ),

    spellings as (
        select
            refs.school_year,
            refs.school_ref,
            unnest([
                refs.school_ref,
                {{ without_prefix('refs.school_ref', 'county.county_name') }}
            ]) as spelling,
            unnest([0, 4]) as least_step
        from {{ refs }} as refs
        cross join county
    ),

    candidates as (
        select
            spellings.school_year,
            spellings.school_ref,
            names.school_code,
            greatest(names.step, spellings.least_step) as step
        from spellings
        inner join names
            on spellings.spelling = names.name_key
            and spellings.school_year = coalesce(names.school_year, spellings.school_year)
        union
        select
            refs.school_year,
            refs.school_ref,
            register.school_code,
            5 as step
        from {{ refs }} as refs
        inner join {{ register }} as register on ltrim(refs.school_ref, '0') = ltrim(register.school_code, '0')
        where
            regexp_full_match(refs.school_ref, '\d+')
            and length(refs.school_ref) < length(register.school_code)
    ),

    surest as (
        select
            school_year,
            school_ref,
            step,
            min(school_code) as school_code,
            count(distinct school_code) as school_count
        from candidates
        group by school_year, school_ref, step
        qualify row_number() over (partition by school_year, school_ref order by step) = 1
    )

    select
        refs.school_year,
        refs.school_ref,
        case when surest.school_count = 1 then surest.school_code else refs.school_ref end as school_code,
        case
            when surest.school_count > 1 then 'ambiguous'
            else coalesce(['code', 'name', 'other_name', 'short_name', 'restored_zero'][surest.step], 'unknown')
        end as method
    from {{ refs }} as refs
    left join surest on refs.school_year = surest.school_year and refs.school_ref = surest.school_ref
{%- endmacro %}
